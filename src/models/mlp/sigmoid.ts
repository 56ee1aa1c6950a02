/** @file Probabilities of independent bits. Port of pylearn2/models/mlp.py (`Sigmoid`). */
import { z } from 'zod';
import { tf, tidyOutermost } from '../../engine';
import { nnet, sigmoid } from '../../expr';
import type { Batch } from '../../space';
import { optionsOf, type OptionsSchema, type Parsed } from '../../utils/options';
import type { Channels } from '../model';
import type { LayerStates } from './layer';
import { Linear, type LinearOptions, linearShape } from './linear';

const styles = ['detection', 'one_hot_class', 'bit_vector_class', 'classification'] as const;

export interface SigmoidOptions extends LinearOptions {
  /**
   * What is monitored against targets. 'detection': precision, recall and the like;
   * 'one_hot_class': `misclass` by the largest output; 'bit_vector_class' (formerly
   * 'classification'): `misclass` if any bit is wrong.
   */
  monitorStyle?: (typeof styles)[number];
}

const schema = optionsOf<SigmoidOptions>()({
  ...linearShape,
  monitorStyle: z.enum(styles).default('detection'),
});

/** Output: sigmoid(x W + b). Cost: mean over examples and units of the cross-entropy. */
export class Sigmoid extends Linear {
  static override readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: SigmoidOptions) {
    super(options, 'models.mlp.Sigmoid');
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tidyOutermost(() => sigmoid(this.affine(stateBelow)));
  }

  /** [batch, units] float32: the cross-entropy of each bit, in nats. */
  override costMatrix(Y: Batch, Yhat: Batch): tf.Tensor2D {
    this.getTargetSpace().validate(Y, `Sigmoid \`${this.layerName}\` targets`);
    return nnet.elemwiseKl(Y as tf.Tensor, Yhat as tf.Tensor) as tf.Tensor2D;
  }

  /** A mean over the units, unlike {@link costFromCostMatrix}, which sums over them. */
  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    return tf.tidy(() => this.costMatrix(Y, Yhat).mean());
  }

  override getLayerMonitoringChannels(states: LayerStates): Channels {
    const channels = super.getLayerMonitoringChannels(states);
    if (!states.targets) return channels;
    return { ...channels, ...this.targetChannels(states.state as tf.Tensor2D, states.targets) };
  }

  private targetChannels(state: tf.Tensor2D, targets: Batch): Channels {
    const actual = targets as tf.Tensor2D;
    switch (this.options.monitorStyle) {
      case 'detection':
        return {
          kl: this.cost(targets, state),
          ...nnet.detectionChannels(state, actual, [0]),
        };
      case 'one_hot_class':
        return { misclass: state.argMax(1).notEqual(actual.argMax(1)).cast('float32').mean() };
      default: {
        const wrong = state.greater(0.5).notEqual(actual.greater(0.5));
        return { misclass: wrong.any(1).cast('float32').mean() };
      }
    }
  }
}
