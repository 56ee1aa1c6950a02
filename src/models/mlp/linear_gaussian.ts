/** @file Normally distributed outputs. Port of pylearn2/models/mlp.py (`LinearGaussian`). */
import { z } from 'zod';
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import type { Batch } from '../../space';
import { optionsOf, type OptionsSchema, type Parsed } from '../../utils/options';
import type { Channels } from '../model';
import type { LayerStates } from './layer';
import { Linear, type LinearOptions, linearShape } from './linear';

/** One number for all units, or one for each. */
type PerUnit = number | number[];

export interface LinearGaussianOptions extends LinearOptions {
  /** Initial precisions, one for all units or one for each: inverses of variances. */
  initBeta: PerUnit;
  /** Precisions stay at least this. */
  minBeta: PerUnit;
  /** Precisions stay at most this. */
  maxBeta: PerUnit;
  /** Factor on the learning rate of the precisions; null for none. */
  betaLrScale: number | null;
}

const positive = z.number().positive();
const perUnit = z.union([positive, z.array(positive)]);

const schema = optionsOf<LinearGaussianOptions>()({
  ...linearShape,
  initBeta: perUnit,
  minBeta: perUnit,
  maxBeta: perUnit,
  betaLrScale: z.number().nullable(),
});

/**
 * Output: x W + b, the means of normal distributions of learned precisions beta. Cost: mean over
 * examples of minus the log-likelihood, less its constant.
 */
export class LinearGaussian extends Linear {
  static override readonly schema: OptionsSchema<LinearGaussianOptions> = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** Precisions [units] float32. */
  beta?: SharedVariable<tf.Rank.R1>;

  constructor(options: LinearGaussianOptions) {
    super(options, 'models.mlp.LinearGaussian');
  }

  protected override makeParams(inputs: number): void {
    super.makeParams(inputs);
    this.beta = sharedX(this.perUnit('init_beta', this.options.initBeta), 'beta');
  }

  private precisions(): SharedVariable<tf.Rank.R1> {
    if (!this.beta) throw this.cannot('give its precisions: it has no input space yet');
    return this.beta;
  }

  override getParams(): SharedVariable[] {
    return this.beta ? [...super.getParams(), this.beta] : [];
  }

  override getLrScalers(): Map<SharedVariable, number> {
    const scales = super.getLrScalers();
    const { betaLrScale } = this.options;
    if (betaLrScale !== null) scales.set(this.precisions(), betaLrScale);
    return scales;
  }

  protected override constrain(updates: Updates): void {
    super.constrain(updates);
    const beta = this.precisions();
    const next = updates.get(beta);
    if (!next) return;
    const [least, most] = [this.limit('minBeta'), this.limit('maxBeta')];
    updates.set(beta, next.maximum(least).minimum(most));
  }

  private limit(option: 'minBeta' | 'maxBeta'): tf.Tensor {
    const { data } = this.perUnit(option, this.options[option]);
    return tf.tensor1d(data as Float32Array);
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    this.getTargetSpace().validate(Y, `LinearGaussian \`${this.layerName}\` targets`);
    return tf.tidy(() => {
      const beta = this.precisions();
      const errors = (Y as tf.Tensor2D).sub(Yhat as tf.Tensor2D).square();
      return errors.mul(beta).sum(1).mean().sub(beta.log().sum()).mul(0.5) as tf.Scalar;
    });
  }

  override costMatrix(_Y: Batch, _Yhat: Batch): tf.Tensor2D {
    throw this.cannot('give a matrix of costs');
  }

  override getLayerMonitoringChannels(states: LayerStates): Channels {
    const { state, targets } = states;
    const beta = this.precisions();
    return {
      ...super.getLayerMonitoringChannels(states),
      beta_min: beta.min(),
      beta_mean: beta.mean(),
      beta_max: beta.max(),
      ...(targets
        ? {
            mse: (targets as tf.Tensor)
              .sub(state as tf.Tensor)
              .square()
              .mean(),
          }
        : {}),
    };
  }
}
