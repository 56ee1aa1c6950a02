/**
 * @file Layers whose weights can start sparse and be held at zero by a mask: what Linear,
 * SoftmaxPool and Maxout repeat in pylearn2/models/mlp.py and pylearn2/models/maxout.py.
 */
import { z } from 'zod';
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { expectShape } from '../../utils/errors';
import { NdArray } from '../../utils/nd_array';
import { instanceOf, optionConflict } from '../../utils/options';
import { AffineLayer, type NormLimits, present } from './affine_layer';
import type { LayerOptions } from './layer';
import { initialWeights, type WeightScheme } from './weights';

export interface MaskedAffineOptions extends LayerOptions {
  layerName: string;
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | null;
  /** Initial weights: so many inputs of each unit get a normal weight, the others zero. */
  sparseInit?: number | null;
  /** Standard deviation of sparse weights. */
  sparseStdev?: number;
  /** Probability that a weight of the uniform scheme is not zero. */
  includeProb?: number;
  /** Initial bias: one number, or one for each unit. */
  initBias?: number | number[];
  /** Factor on the learning rate of the weights. */
  wLrScale?: number | null;
  /** Factor on the learning rate of the biases. */
  bLrScale?: number | null;
  /** Zeros and ones, [inputs, units]: weights that are held at zero have zeros. */
  maskWeights?: number[][] | null;
  /** Largest L2 norm of the weights that enter one unit. */
  maxColNorm?: number | null;
}

/** The zod shape of these options, for the layers that add to them. */
export const maskedAffineShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  layerName: z.string(),
  irange: z.number().nonnegative().nullable().default(null),
  sparseInit: z.number().int().nonnegative().nullable().default(null),
  sparseStdev: z.number().nonnegative().default(1),
  includeProb: z.number().min(0).max(1).default(1),
  initBias: z.union([z.number(), z.array(z.number())]).default(0),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
  bLrScale: z.number().nullable().default(null),
  maskWeights: z.array(z.array(z.number())).nullable().default(null),
  maxColNorm: z.number().positive().nullable().default(null),
};

/** The checked options. */
interface Checked extends WeightScheme, NormLimits {
  layerName: string;
  initBias: number | number[];
  wLrScale: number | null;
  bLrScale: number | null;
  maskWeights: number[][] | null;
}

/** An affine layer of some units, the weights of which may be masked. */
export abstract class MaskedAffineLayer extends AffineLayer {
  declare protected readonly options: Checked;
  private mask?: SharedVariable<tf.Rank.R2>;

  /** @param where - Starts error messages, e.g. `models.mlp.Linear`. */
  constructor(
    options: MaskedAffineOptions,
    private readonly where: string,
  ) {
    super(options);
    const { maxRowNorm = null, maxColNorm, minColNorm = null } = this.options;
    if (maxRowNorm === null || (maxColNorm === null && minColNorm === null)) return;
    const expected = 'expected limits on the norms of rows or of columns, received both';
    throw optionConflict(where, expected);
  }

  /** Columns of the weights. */
  protected abstract get units(): number;

  /** Whether there are biases. */
  protected hasBias(): boolean {
    return true;
  }

  /** How errors about the parameters start. */
  private get place(): string {
    return `${this.where} \`${this.layerName}\``;
  }

  protected override makeParams(inputs: number): void {
    const { initBias, maskWeights, layerName } = this.options;
    const allowed = (input: number, unit: number) => maskWeights?.[input]?.[unit] !== 0;
    const size = [inputs, this.units] as const;
    const W = initialWeights(this.rng, this.options, size, this.place, allowed);
    this.setParams(W, this.hasBias() ? this.perUnit('init_bias', initBias) : null, layerName);
    if (maskWeights) this.makeMask(maskWeights, size);
  }

  /** A number for each unit, from one for all or a list of them. */
  protected perUnit(option: string, given: number | readonly number[]): NdArray {
    const { units } = this;
    if (typeof given === 'number') return new NdArray(new Float32Array(units).fill(given));
    expectShape(this.place, option, [given.length], [units]);
    return new NdArray(Float32Array.from(given));
  }

  private makeMask(maskWeights: number[][], size: readonly number[]): void {
    const mask = sharedX<tf.Rank.R2>(maskWeights, `${this.layerName}_mask`);
    expectShape(this.place, 'mask_weights', mask.shape, size);
    this.mask = mask;
    tf.tidy(() => this.weights().assign(this.weights().mul(mask)));
  }

  override getParams(): SharedVariable[] {
    return present(this.W, this.b);
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return this.scalers(this.options, this);
  }

  protected override constrain(updates: Updates): void {
    const next = this.W && updates.get(this.W);
    if (this.mask && this.W && next) updates.set(this.W, next.mul(this.mask));
    this.constrainWeights(updates, this.options);
  }

  override dispose(): void {
    super.dispose();
    this.mask?.dispose();
  }
}
