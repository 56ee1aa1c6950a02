/** @file An affine layer without nonlinearity. Port of pylearn2/models/mlp.py (`Linear`). */
import { z } from 'zod';
import { tf } from '../../engine';
import { type Batch, type Space, VectorSpace } from '../../space';
import {
  flag,
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
import { activationChannels, normChannels } from './weights';

export interface LinearOptions extends MaskedAffineOptions {
  /** Number of units. */
  dim: number;
  /** Initial weights: normal with this standard deviation. */
  istdev?: number | null;
  /** Largest L2 norm of the weights that leave one input. */
  maxRowNorm?: number | null;
  /** Smallest L2 norm of the weights that enter one unit. */
  minColNorm?: number | null;
  /** Cost by absolute instead of squared differences. */
  useAbsLoss?: boolean;
  /** Whether there is a bias. */
  useBias?: boolean;
}

/** The zod shape of Linear's options, for the layers that add to them. */
export const linearShape = {
  ...maskedAffineShape,
  dim: z.number().int().positive(),
  istdev: z.number().nonnegative().nullable().default(null),
  maxRowNorm: z.number().positive().nullable().default(null),
  minColNorm: z.number().nonnegative().nullable().default(null),
  useAbsLoss: flag().default(false),
  useBias: flag().default(true),
};

const schema = optionsOf<LinearOptions>()(linearShape);

/** Output: x W + b. Cost: mean over examples of the summed squared (or absolute) differences. */
export class Linear extends MaskedAffineLayer {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: LinearOptions, where = 'models.mlp.Linear') {
    super(parseOptions(new.target.schema, options, where) as LinearOptions, where);
  }

  protected override get units(): number {
    return this.options.dim;
  }

  protected override hasBias(): boolean {
    return this.options.useBias;
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.options.dim });
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return this.affine(stateBelow);
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
}
