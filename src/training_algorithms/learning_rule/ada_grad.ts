/** @file AdaGrad. Port of pylearn2/training_algorithms/learning_rule.py (`AdaGrad`). */
import { z } from 'zod';
import { tf, type Updates } from '../../engine';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { LearningRule, type LrScalers, scaledRate } from './learning_rule';

export interface AdaGradOptions {
  /** Most that a gradient is multiplied by. */
  maxScaling?: number;
}

const schema = optionsOf<AdaGradOptions>()({ maxScaling: z.number().positive().default(1e5) });

/**
 * Steps against the gradient divided by the root of the sum of all squared gradients so far.
 * @see Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization", JMLR 12, 2011.
 */
export class AdaGrad extends LearningRule {
  static readonly schema = schema;
  protected override readonly slots = ['sum_square_grad'];
  private readonly options: Parsed<typeof schema>;

  constructor(options: AdaGradOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'training_algorithms.learning_rule.AdaGrad');
  }

  override getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates {
    const updates: Updates = new Map();
    for (const [param, gradient] of gradients) {
      const sum = this.recall('sum_square_grad', param);
      const next = tf.add(sum, gradient.square());
      const size = next.sqrt().maximum(1 / this.options.maxScaling);
      const step = scaledRate(learningRate, lrScalers, param).mul(gradient).div(size);
      updates.set(sum, next);
      updates.set(param, tf.sub(param, step));
    }
    return updates;
  }
}
