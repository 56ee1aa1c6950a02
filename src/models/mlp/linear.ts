/** @file An affine layer without nonlinearity. Port of pylearn2/models/mlp.py (`Linear`). */
import { z } from 'zod';
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Batch, type Space, VectorSpace } from '../../space';
import { expectShape } from '../../utils/errors';
import { NdArray } from '../../utils/nd_array';
import {
  flag,
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import type { Channels } from '../model';
import { AffineLayer, present } from './affine_layer';
import type { LayerOptions, LayerStates } from './layer';
import { activationChannels, initialWeights, normChannels } from './weights';

export interface LinearOptions extends LayerOptions {
  /** Number of units. */
  dim: number;
  layerName: string;
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | null;
  /** Initial weights: normal with this standard deviation. */
  istdev?: number | null;
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
  /** Largest L2 norm of the weights that leave one input. */
  maxRowNorm?: number | null;
  /** Largest L2 norm of the weights that enter one unit. */
  maxColNorm?: number | null;
  /** Smallest L2 norm of the weights that enter one unit. */
  minColNorm?: number | null;
  /** Cost by absolute instead of squared differences. */
  useAbsLoss?: boolean;
  /** Whether there is a bias. */
  useBias?: boolean;
}

/** The zod shape of Linear's options, for the layers that add to them. */
export const linearShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  dim: z.number().int().positive(),
  layerName: z.string(),
  irange: z.number().nonnegative().nullable().default(null),
  istdev: z.number().nonnegative().nullable().default(null),
  sparseInit: z.number().int().nonnegative().nullable().default(null),
  sparseStdev: z.number().nonnegative().default(1),
  includeProb: z.number().min(0).max(1).default(1),
  initBias: z.union([z.number(), z.array(z.number())]).default(0),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
  bLrScale: z.number().nullable().default(null),
  maskWeights: z.array(z.array(z.number())).nullable().default(null),
  maxRowNorm: z.number().positive().nullable().default(null),
  maxColNorm: z.number().positive().nullable().default(null),
  minColNorm: z.number().nonnegative().nullable().default(null),
  useAbsLoss: flag().default(false),
  useBias: flag().default(true),
};

const schema = optionsOf<LinearOptions>()(linearShape);

/** Output: x W + b. Cost: mean over examples of the summed squared (or absolute) differences. */
export class Linear extends AffineLayer {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  private mask?: SharedVariable<tf.Rank.R2>;

  constructor(options: LinearOptions, where = 'models.mlp.Linear') {
    super(parseOptions(new.target.schema, options, where) as LinearOptions);
    const { maxRowNorm, maxColNorm, minColNorm } = this.options;
    if (maxRowNorm !== null && (maxColNorm !== null || minColNorm !== null)) {
      const expected = 'expected limits on the norms of rows or of columns, received both';
      throw optionConflict(where, expected);
    }
  }

  protected override makeParams(inputs: number): void {
    const { dim, layerName, maskWeights, useBias } = this.options;
    const where = `models.mlp.${this.constructor.name} \`${layerName}\``;
    const allowed = (input: number, unit: number) => maskWeights?.[input]?.[unit] !== 0;
    const W = initialWeights(this.rng, this.options, [inputs, dim], where, allowed);
    this.setParams(W, useBias ? this.initialBias(where) : null, layerName);
    if (maskWeights) this.makeMask(maskWeights, [inputs, dim], where);
  }

  private initialBias(where: string): NdArray {
    const { dim, initBias } = this.options;
    if (typeof initBias === 'number') return new NdArray(new Float32Array(dim).fill(initBias));
    expectShape(where, 'init_bias', [initBias.length], [dim]);
    return new NdArray(Float32Array.from(initBias));
  }

  private makeMask(maskWeights: number[][], shape: number[], where: string): void {
    const mask = sharedX<tf.Rank.R2>(maskWeights, `${this.layerName}_mask`);
    expectShape(where, 'mask_weights', mask.shape, shape);
    this.mask = mask;
    tf.tidy(() => this.weights().assign(this.weights().mul(mask)));
  }

  override getParams(): SharedVariable[] {
    return present(this.W, this.b);
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return this.scalers(this.options, this);
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.options.dim });
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return this.affine(stateBelow);
  }

  protected override constrain(updates: Updates): void {
    const next = this.W && updates.get(this.W);
    if (this.mask && this.W && next) updates.set(this.W, next.mul(this.mask));
    this.constrainWeights(updates, this.options);
  }

  override costMatrix(Y: Batch, Yhat: Batch): tf.Tensor2D {
    const [targets, outputs] = [Y as tf.Tensor2D, Yhat as tf.Tensor2D];
    this.getTargetSpace().validate(
      targets,
      `${this.constructor.name} \`${this.layerName}\` targets`,
    );
    const difference = targets.sub<tf.Tensor2D>(outputs);
    return this.options.useAbsLoss ? difference.abs() : difference.square();
  }

  override costFromCostMatrix(matrix: tf.Tensor): tf.Scalar {
    return tf.tidy(() => matrix.sum(1).mean());
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    return tf.tidy(() => this.costFromCostMatrix(this.costMatrix(Y, Yhat)));
  }

  override getLayerMonitoringChannels({ state }: LayerStates): Channels {
    return { ...normChannels(this.weights()), ...activationChannels(state as tf.Tensor2D) };
  }

  override dispose(): void {
    super.dispose();
    this.mask?.dispose();
  }
}
