/**
 * @file Units that are the largest of several affine functions. Port of pylearn2/models/maxout.py
 * (`Maxout`); Goodfellow et al. 2013, "Maxout networks".
 */
import { z } from 'zod';
import { tf, tidyOutermost } from '../../engine';
import { type Batch, type Space, VectorSpace } from '../../space';
import { NdArray } from '../../utils/nd_array';
import {
  flag,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import {
  activationChannels,
  type LayerStates,
  MaskedAffineLayer,
  type MaskedAffineOptions,
  maskedAffineShape,
  normChannels,
  prefixed,
} from '../mlp';
import type { Channels } from '../model';

export interface MaxoutOptions extends MaskedAffineOptions {
  /** Number of pools if they do not overlap; as many times `numPieces` affine functions are made. */
  numUnits: number;
  /** Functions in a pool. */
  numPieces: number;
  /** Functions from one pool to the next; `numPieces` unless given. */
  poolStride?: number | null;
  /**
   * Whether pools are of functions drawn at random, with replacement, instead of neighbours. One
   * that a pool has twice learns twice as fast, as in the original.
   */
  randomizePools?: boolean;
  /** Largest L2 norm of the weights that leave one input. */
  maxRowNorm?: number | null;
  /** Whether 0 takes part in each pool. */
  minZero?: boolean;
}

const size = z.number().int().positive();

const schema = optionsOf<MaxoutOptions>()({
  ...maskedAffineShape,
  numUnits: size,
  numPieces: size,
  poolStride: size.nullable().default(null),
  randomizePools: flag().default(false),
  maxRowNorm: z.number().positive().nullable().default(null),
  minZero: flag().default(false),
});

const WHERE = 'models.maxout.Maxout';

/** Output: of each pool of the numbers x W + b the largest. It has no cost. */
export class Maxout extends MaskedAffineLayer {
  static readonly schema: OptionsSchema<MaxoutOptions> = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** Which function stands in the place of each, where pools are random. */
  private drawn?: Int32Array;

  /** @throws OptionError when the pools do not end where the functions do. */
  constructor(options: MaxoutOptions) {
    super(parseOptions(schema, options, WHERE), WHERE);
    const rest = (this.units - this.options.numPieces) % this.stride;
    if (rest === 0) return;
    throw optionConflict(
      WHERE,
      `expected a pool_stride that divides ${this.units - this.options.numPieces}, ` +
        `received ${this.stride}`,
    );
  }

  protected override get units(): number {
    return this.options.numUnits * this.options.numPieces;
  }

  private get stride(): number {
    return this.options.poolStride ?? this.options.numPieces;
  }

  private get pools(): number {
    return (this.units - this.options.numPieces) / this.stride + 1;
  }

  protected override makeParams(inputs: number): void {
    super.makeParams(inputs);
    const { rng, units } = this;
    if (this.options.randomizePools) {
      this.drawn = Int32Array.from({ length: units }, () => rng.randint(units));
    }
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.pools });
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tidyOutermost(() => {
      const { minZero } = this.options;
      const largest = this.pooled(this.affine(stateBelow)).max<tf.Tensor2D>(2);
      return minZero ? largest.maximum(0) : largest;
    });
  }

  /** The pools of what the functions give: [batch, pools, pieces]. */
  private pooled(values: tf.Tensor2D): tf.Tensor3D {
    const { drawn, pools, stride } = this;
    const { numPieces } = this.options;
    const shape: [number, number, number] = [values.shape[0], pools, numPieces];
    if (!drawn && stride === numPieces) return values.reshape(shape);
    const places = Int32Array.from({ length: pools * numPieces }, (_, i) => {
      const place = Math.floor(i / numPieces) * stride + (i % numPieces);
      return drawn ? drawn[place] : place;
    });
    return values.gather(tf.tensor1d(places, 'int32'), 1).reshape(shape);
  }

  override getLayerMonitoringChannels({ state }: LayerStates): Channels {
    const activations = activationChannels(state as tf.Tensor2D, '.');
    const pooled = this.options.numPieces > 1;
    return {
      ...normChannels(this.weights()),
      ...(pooled ? prefixed('p_', activations) : activations),
    };
  }

  /** The weights, [inputs, functions]; of random pools those of the functions that were drawn. */
  override getWeights(): NdArray {
    const { drawn } = this;
    if (!drawn) return super.getWeights();
    const chosen = tf.tidy(() => this.weights().gather(tf.tensor1d(drawn, 'int32'), 1));
    const weights = new NdArray(chosen.dataSync() as Float32Array, [...chosen.shape]);
    chosen.dispose();
    return weights;
  }

  /** A row for each unit, where units have several pieces. */
  override getWeightsViewShape(): [number, number] | undefined {
    const { numPieces } = this.options;
    return numPieces === 1 ? undefined : [this.units / numPieces, numPieces];
  }
}
