/** @file Pools of units under the softmax. Port of pylearn2/models/mlp.py (`SoftmaxPool`). */
import { z } from 'zod';
import type { tf } from '../../engine';
import { tidyOutermost } from '../../engine';
import { type Batch, type Space, VectorSpace } from '../../space';
import {
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import type { Channels } from '../model';
import type { LayerStates } from './layer';
import {
  MaskedAffineLayer,
  type MaskedAffineOptions,
  maskedAffineShape,
} from './masked_affine_layer';
import { activationChannels, normChannels, prefixed } from './weights';

export interface SoftmaxPoolOptions extends MaskedAffineOptions {
  /** Units before pooling. */
  detectorLayerDim: number;
  /** Neighbouring units in a pool. */
  poolSize?: number;
}

const size = z.number().int().positive();

const schema = optionsOf<SoftmaxPoolOptions>()({
  ...maskedAffineShape,
  detectorLayerDim: size,
  poolSize: size.default(1),
});

const WHERE = 'models.mlp.SoftmaxPool';

/**
 * Output: the probability that one unit of a pool is on, where at most one is:
 * 1 - 1 / (1 + sum of exp(z)), z = x W + b. A sigmoid where pools are of one unit. It has no cost.
 */
export class SoftmaxPool extends MaskedAffineLayer {
  static readonly schema: OptionsSchema<SoftmaxPoolOptions> = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: SoftmaxPoolOptions) {
    super(parseOptions(schema, options, WHERE), WHERE);
    const { detectorLayerDim, poolSize } = this.options;
    if (detectorLayerDim % poolSize === 0) return;
    throw optionConflict(
      WHERE,
      `expected a pool_size that divides ${detectorLayerDim}, received ${poolSize}`,
    );
  }

  protected override get units(): number {
    return this.options.detectorLayerDim;
  }

  private get pools(): number {
    return this.units / this.options.poolSize;
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.pools });
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tidyOutermost(() => {
      const z = this.affine(stateBelow);
      const { poolSize } = this.options;
      if (poolSize === 1) return z.sigmoid();
      // 1 - 1 / (1 + s) is the sigmoid of log s, which does not overflow.
      const pools = z.reshape([z.shape[0], this.pools, poolSize]);
      return pools.logSumExp(2).sigmoid() as tf.Tensor2D;
    });
  }

  override getLayerMonitoringChannels({ state }: LayerStates): Channels {
    const activations = activationChannels(state as tf.Tensor2D, '.');
    const pooled = this.options.poolSize > 1;
    return {
      ...normChannels(this.weights()),
      ...(pooled ? prefixed('p_', activations) : activations),
    };
  }

  /** A row for each pool, where pools are of several units. */
  override getWeightsViewShape(): [number, number] | undefined {
    const { poolSize } = this.options;
    return poolSize === 1 ? undefined : [this.pools, poolSize];
  }
}
