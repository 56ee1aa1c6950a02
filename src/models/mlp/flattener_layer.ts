/** @file A layer whose output is made a vector. Port of pylearn2/models/mlp.py (`FlattenerLayer`). */
import { z } from 'zod';
import { type SharedVariable, tf, tidyOutermost, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Batch, type Space, VectorSpace } from '../../space';
import type { NdArray } from '../../utils/nd_array';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { Channels, WeightsFormat } from '../model';
import {
  type DecayCoefficient,
  Layer,
  type LayerOptions,
  type LayerOwner,
  type LayerStates,
} from './layer';

export interface FlattenerLayerOptions extends Omit<LayerOptions, 'layerName'> {
  /** The layer that does the work; its name is this one's. */
  rawLayer: Layer;
}

const schema = optionsOf<FlattenerLayerOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  rawLayer: instanceOf(Layer),
});

/**
 * Output: the raw layer's as one vector, e.g. that of a CompositeLayer, so that targets can be one
 * vector too. For the cost and the channels both are taken apart again.
 */
export class FlattenerLayer extends Layer {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** What the raw layer gave, by the vector made of it: its cost may know more of the former. */
  private readonly rawStates = new WeakMap<tf.Tensor, Batch>();

  constructor(options: FlattenerLayerOptions) {
    super(parseOptions(schema, options, 'models.mlp.FlattenerLayer'));
  }

  private get raw(): Layer {
    return this.options.rawLayer;
  }

  override get layerName(): string {
    return this.raw.layerName;
  }

  override setMlp(mlp: LayerOwner): void {
    super.setMlp(mlp);
    this.raw.setMlp(mlp);
  }

  override setBatchSize(batchSize: number): void {
    super.setBatchSize(batchSize);
    this.raw.setBatchSize(batchSize);
  }

  override setInputSpace(space: Space): void {
    this.raw.setInputSpace(space);
  }

  override getInputSpace(): Space {
    return this.raw.getInputSpace();
  }

  override getOutputSpace(): VectorSpace {
    return new VectorSpace({ dim: this.raw.getOutputSpace().getTotalDimension() });
  }

  override getParams(): SharedVariable[] {
    return this.raw.getParams();
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return this.raw.getLrScalers();
  }

  protected override constrain(updates: Updates): void {
    this.raw.modifyUpdates(updates);
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tidyOutermost(() => {
      const state = this.raw.fprop(stateBelow);
      const vector = this.raw
        .getOutputSpace()
        .formatAs(state, this.getOutputSpace()) as tf.Tensor2D;
      this.rawStates.set(vector, state);
      return vector;
    });
  }

  /** The raw layer's output behind a vector, if it is still there, else the vector taken apart. */
  private rawState(vector: Batch): Batch {
    const known = this.rawStates.get(vector as tf.Tensor);
    if (known !== undefined && isAlive(known)) return known;
    return this.getOutputSpace().formatAs(vector, this.raw.getOutputSpace());
  }

  private rawTargets(targets: Batch): Batch {
    return this.getOutputSpace().formatAs(targets, this.raw.getTargetSpace());
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    return tf.tidy(() => this.raw.cost(this.rawTargets(Y), this.rawState(Yhat)));
  }

  override getLayerMonitoringChannels({ stateBelow, state, targets }: LayerStates): Channels {
    return this.raw.getLayerMonitoringChannels({
      stateBelow,
      state: this.rawState(state),
      targets: targets === undefined ? undefined : this.rawTargets(targets),
    });
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return this.raw.getWeightDecay(coeff);
  }

  override getL1WeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return this.raw.getL1WeightDecay(coeff);
  }

  override getWeights(): NdArray {
    return this.raw.getWeights();
  }

  override getWeightsFormat(): WeightsFormat {
    return this.raw.getWeightsFormat();
  }

  override getWeightsTopo(): NdArray {
    return this.raw.getWeightsTopo();
  }

  override getWeightsViewShape(): [number, number] | undefined {
    return this.raw.getWeightsViewShape();
  }

  override dispose(): void {
    this.raw.dispose();
  }
}

function isAlive(batch: Batch): boolean {
  if (Array.isArray(batch)) return batch.every(isAlive);
  return batch === null || !batch.isDisposed;
}
