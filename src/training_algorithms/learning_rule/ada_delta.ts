/** @file AdaDelta. Port of pylearn2/training_algorithms/learning_rule.py (`AdaDelta`). */
import { z } from 'zod';
import { tf, type Updates } from '../../engine';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { LearningRule, type LrScalers, scaledRate } from './learning_rule';

export interface AdaDeltaOptions {
  /** Share of the running means that is kept at each step, in [0, 1). */
  decay?: number;
}

const schema = optionsOf<AdaDeltaOptions>()({ decay: z.number().min(0).lt(1).default(0.95) });

/**
 * Steps as long as recent steps were, in proportion to the gradient's recent size. The learning
 * rate is the constant that keeps the roots from zero, as in Pylearn2.
 * @see Zeiler, "ADADELTA: an adaptive learning rate method", arXiv:1212.5701.
 */
export class AdaDelta extends LearningRule {
  static readonly schema = schema;
  protected override readonly slots = ['mean_square_grad', 'mean_square_dx'];
  private readonly options: Parsed<typeof schema>;

  constructor(options: AdaDeltaOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'training_algorithms.learning_rule.AdaDelta');
  }

  override getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates {
    const updates: Updates = new Map();
    for (const [param, gradient] of gradients) {
      const epsilon = scaledRate(learningRate, lrScalers, param);
      const root = (square: tf.Tensor) => square.add(epsilon).sqrt();
      const [squareGrad, squareStep] = this.slots.map((slot) => this.recall(slot, param));
      const nextGrad = this.mean(squareGrad, gradient);
      const step = root(squareStep).div(root(nextGrad)).mul(gradient).neg();
      updates.set(squareGrad, nextGrad);
      updates.set(squareStep, this.mean(squareStep, step));
      updates.set(param, tf.add(param, step));
    }
    return updates;
  }

  private mean(former: tf.Tensor, value: tf.Tensor): tf.Tensor {
    const { decay } = this.options;
    return former.mul(decay).add(value.square().mul(1 - decay));
  }
}
