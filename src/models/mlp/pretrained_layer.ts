/**
 * @file A layer that was trained before as a model of its own. Port of pylearn2/models/mlp.py
 * (`PretrainedLayer`).
 */
import { z } from 'zod';
import type { SharedVariable } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import type { Batch, Space } from '../../space';
import { ShapeError } from '../../utils/errors';
import { flag, instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Layer, type LayerOptions } from './layer';

/** A model with a pass from its input to its output: an autoencoder, a layer, an MLP. */
export interface LayerContent {
  upwardPass(input: Batch): Batch;
  getInputSpace(): Space;
  getOutputSpace(): Space;
  getParams(): SharedVariable[];
  dispose(): void;
}

export interface PretrainedLayerOptions extends LayerOptions {
  layerName: string;
  /** The model; the layer takes it over. */
  layerContent: LayerContent;
  /** Whether its parameters stay as they are. */
  freezeParams?: boolean;
}

const methods = ['upwardPass', 'getInputSpace', 'getOutputSpace', 'getParams'] as const;

function isContent(value: unknown): value is LayerContent {
  const members = value as Partial<Record<string, unknown>> | null;
  return methods.every((name) => typeof members?.[name] === 'function');
}

const schema = optionsOf<PretrainedLayerOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  layerName: z.string(),
  layerContent: z.custom<LayerContent>(isContent, {
    error: 'expected a model with an upward pass, such as an autoencoder',
  }),
  freezeParams: flag().default(false),
});

/**
 * Output: the upward pass of the content. Its parameters are the content's, also those that the
 * pass does not use, or none if they are frozen. It has no channels and no decay, and the
 * content's own constraints are not applied.
 */
export class PretrainedLayer extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: PretrainedLayerOptions) {
    super(parseOptions(schema, options, 'models.mlp.PretrainedLayer'));
  }

  /** @throws ShapeError unless it is the space that the content was trained on. */
  override setInputSpace(space: Space): void {
    const own = this.getInputSpace();
    if (own.equals(space)) return;
    throw new ShapeError(
      `PretrainedLayer \`${this.layerName}\`: its content takes ${own.toString()}, ` +
        `the layer was given ${space.toString()}.`,
    );
  }

  override getInputSpace(): Space {
    return this.options.layerContent.getInputSpace();
  }

  override getOutputSpace(): Space {
    return this.options.layerContent.getOutputSpace();
  }

  override getParams(): SharedVariable[] {
    return this.options.freezeParams ? [] : this.options.layerContent.getParams();
  }

  override fprop(stateBelow: Batch): Batch {
    return this.options.layerContent.upwardPass(stateBelow);
  }

  override dispose(): void {
    this.options.layerContent.dispose();
  }
}
