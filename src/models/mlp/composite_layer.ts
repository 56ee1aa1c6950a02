/** @file Layers side by side. Port of pylearn2/models/mlp.py (`CompositeLayer`). */
import { z } from 'zod';
import { type SharedVariable, tf, tidyOutermost, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Batch, CompositeSpace, type Space } from '../../space';
import { ShapeError, StateError } from '../../utils/errors';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { Channels } from '../model';
import { sumOverLayers } from './decay';
import {
  type DecayCoefficient,
  Layer,
  type LayerOptions,
  type LayerOwner,
  type LayerStates,
} from './layer';

export interface CompositeLayerOptions extends LayerOptions {
  layerName: string;
  /** The layers, in the order of their outputs. */
  layers: Layer[];
  /**
   * By the number of an input the numbers of the layers that get it: needs a CompositeSpace as
   * input. An input that is not listed goes to all, one with an empty list to none.
   */
  inputsToLayers?: Record<number, number[]> | null;
}

const index = z.number().int().nonnegative();

const schema = optionsOf<CompositeLayerOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  layerName: z.string(),
  layers: z.array(instanceOf(Layer)).min(1),
  inputsToLayers: z
    .record(z.string().regex(/^\d+$/), z.array(index))
    .nullable()
    .default(null) as z.ZodType<
    Record<number, number[]> | null,
    Record<number, number[]> | null | undefined
  >,
});

const WHERE = 'models.mlp.CompositeLayer';

/** Output: the list of the layers' outputs. Cost: the sum of theirs. */
export class CompositeLayer extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  private inputSpace?: Space;

  constructor(options: CompositeLayerOptions) {
    super(parseOptions(schema, options, WHERE));
    const { layers, inputsToLayers } = this.options;
    const strange = Object.values(inputsToLayers ?? {})
      .flat()
      .find((i) => i >= layers.length);
    if (strange !== undefined) {
      throw new StateError(
        `${this.place}: expected numbers of layers from 0 to ${layers.length - 1}, received ${strange}.`,
      );
    }
  }

  private get place(): string {
    return `CompositeLayer \`${this.layerName}\``;
  }

  /** The layers, in order. */
  get layers(): readonly Layer[] {
    return this.options.layers;
  }

  override setMlp(mlp: LayerOwner): void {
    super.setMlp(mlp);
    for (const layer of this.layers) layer.setMlp(mlp);
  }

  override setBatchSize(batchSize: number): void {
    super.setBatchSize(batchSize);
    for (const layer of this.layers) layer.setBatchSize(batchSize);
  }

  /** @throws ShapeError when inputs are to be told apart and are not. */
  override setInputSpace(space: Space): void {
    this.checkInputs(space);
    this.inputSpace = space;
    this.layers.forEach((layer, i) => {
      const inputs = this.inputsOf(i);
      layer.setInputSpace(inputs ? (space as CompositeSpace).restrict(inputs) : space);
    });
  }

  private checkInputs(space: Space): void {
    const { inputsToLayers } = this.options;
    if (inputsToLayers === null) return;
    if (!(space instanceof CompositeSpace)) {
      throw new ShapeError(
        `${this.place}: expected a CompositeSpace as input space for inputs_to_layers, ` +
          `received ${space.toString()}.`,
      );
    }
    const count = space.components.length;
    const strange = Object.keys(inputsToLayers).find((input) => Number(input) >= count);
    if (strange !== undefined) {
      throw new ShapeError(`${this.place}: there is no input ${strange}, there are ${count}.`);
    }
  }

  /** Numbers of the inputs that a layer gets; undefined for the input as it is. */
  private inputsOf(layer: number): number[] | undefined {
    const { inputsToLayers } = this.options;
    if (inputsToLayers === null) return undefined;
    const all = (this.getInputSpace() as CompositeSpace).components.map((_, i) => i);
    const inputs = all.filter((input) => inputsToLayers[input]?.includes(layer) ?? true);
    if (inputs.length > 0) return inputs;
    throw new StateError(`${this.place}: \`${this.layers[layer].layerName}\` gets no input.`);
  }

  private inputOf(layer: number, stateBelow: Batch): Batch {
    const inputs = this.inputsOf(layer);
    if (!inputs) return stateBelow;
    const parts = inputs.map((input) => (stateBelow as Batch[])[input]);
    return parts.length === 1 ? parts[0] : parts;
  }

  override getInputSpace(): Space {
    return this.known(this.inputSpace);
  }

  override getOutputSpace(): CompositeSpace {
    return new CompositeSpace({ components: this.layers.map((layer) => layer.getOutputSpace()) });
  }

  override getTargetSpace(): CompositeSpace {
    return new CompositeSpace({ components: this.layers.map((layer) => layer.getTargetSpace()) });
  }

  override getParams(): SharedVariable[] {
    return [...new Set(this.layers.flatMap((layer) => layer.getParams()))];
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return new Map(this.layers.flatMap((layer) => [...layer.getLrScalers()]));
  }

  protected override constrain(updates: Updates): void {
    for (const layer of this.layers) layer.modifyUpdates(updates);
  }

  override fprop(stateBelow: Batch): Batch[] {
    const states = () =>
      this.layers.map((layer, i) => layer.fprop(this.inputOf(i, stateBelow))) as tf.TensorContainer;
    return tidyOutermost(states) as Batch[];
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    const [targets, outputs] = [Y as Batch[], Yhat as Batch[]];
    return tf.tidy(() =>
      this.sum(this.layers.map((layer, i) => layer.cost(targets[i], outputs[i]))),
    );
  }

  private sum(terms: tf.Scalar[]): tf.Scalar {
    return terms.reduce((sum, term) => sum.add(term));
  }

  override getLayerMonitoringChannels({ stateBelow, state, targets }: LayerStates): Channels {
    const channels: Channels = {};
    this.layers.forEach((layer, i) => {
      const own = layer.getLayerMonitoringChannels({
        stateBelow: this.inputOf(i, stateBelow),
        state: (state as Batch[])[i],
        targets: targets === undefined ? undefined : (targets as Batch[])[i],
      });
      for (const [name, value] of Object.entries(own)) {
        channels[`${layer.layerName}_${name}`] = value;
      }
    });
    return channels;
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    const term = (layer: Layer, own: DecayCoefficient) => layer.getWeightDecay(own);
    return sumOverLayers(this.place, this.layers, coeff, term);
  }

  override getL1WeightDecay(coeff: DecayCoefficient): tf.Scalar {
    const term = (layer: Layer, own: DecayCoefficient) => layer.getL1WeightDecay(own);
    return sumOverLayers(this.place, this.layers, coeff, term);
  }

  override dispose(): void {
    for (const layer of this.layers) layer.dispose();
  }
}
