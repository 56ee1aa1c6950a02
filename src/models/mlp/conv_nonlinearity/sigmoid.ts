/** @file The logistic function. Port of pylearn2/models/mlp.py (`SigmoidConvNonlinearity`). */
import { z } from 'zod';
import { tf } from '../../../engine';
import { nnet, sigmoid } from '../../../expr';
import { optionsOf, type Parsed, parseOptions } from '../../../utils/options';
import type { Channels } from '../../model';
import { ConvNonlinearity } from './conv_nonlinearity';

/** What is monitored against targets; both come to the same, as in the original. */
export const monitorStyles = ['classification', 'detection'] as const;

export interface SigmoidConvNonlinearityOptions {
  /** Makes no difference: what is monitored against targets is always detection. */
  monitorStyle?: (typeof monitorStyles)[number];
}

const schema = optionsOf<SigmoidConvNonlinearityOptions>()({
  monitorStyle: z.enum(monitorStyles).default('classification'),
});

/** Probabilities. Cost: mean over examples and units of the cross-entropy. */
export class SigmoidConvNonlinearity extends ConvNonlinearity {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: SigmoidConvNonlinearityOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'models.mlp.SigmoidConvNonlinearity');
  }

  override isIncreasing(): boolean {
    return true;
  }

  override apply(z: tf.Tensor4D): tf.Tensor4D {
    return sigmoid(z);
  }

  override cost(Y: tf.Tensor4D, Yhat: tf.Tensor4D): tf.Scalar {
    return tf.tidy(() => nnet.elemwiseKl(Y, Yhat).mean());
  }

  override getMonitoringChannels(state: tf.Tensor4D, targets?: tf.Tensor4D): Channels {
    const channels = super.getMonitoringChannels(state);
    if (!targets) return channels;
    // An output is a place here, its channels taken together, as the original has it.
    const detection = nnet.detectionChannels(state, targets, [0, 3]);
    return { ...channels, kl: this.cost(targets, state), ...detection };
  }

  override getConfig(): object {
    return this.options;
  }
}
