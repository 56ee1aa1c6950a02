/** @file A layer that lays its input out anew. Port of pylearn2/models/mlp.py (`SpaceConverter`). */
import { z } from 'zod';
import type { SharedVariable } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Batch, Space } from '../../space';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Layer, type LayerOptions } from './layer';

export interface SpaceConverterOptions extends LayerOptions {
  layerName: string;
  /** The space of the output; of as many numbers as the input's. */
  outputSpace: Space;
}

const schema = optionsOf<SpaceConverterOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  layerName: z.string(),
  outputSpace: instanceOf(Space),
});

/** Output: the input in another space. It has no parameters. */
export class SpaceConverter extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  private inputSpace?: Space;

  constructor(options: SpaceConverterOptions) {
    super(parseOptions(schema, options, 'models.mlp.SpaceConverter'));
  }

  override setInputSpace(space: Space): void {
    this.inputSpace = space;
  }

  override getInputSpace(): Space {
    return this.known(this.inputSpace);
  }

  override getOutputSpace(): Space {
    return this.options.outputSpace;
  }

  override getParams(): SharedVariable[] {
    return [];
  }

  override fprop(stateBelow: Batch): Batch {
    return this.getInputSpace().formatAs(stateBelow, this.options.outputSpace);
  }
}
