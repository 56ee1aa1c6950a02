/** @file Adam with decay of the parameters. Not in Pylearn2; what people expect today. */
import { z } from 'zod';
import { type SharedVariable, tf } from '../../engine';
import { optionsOf, type OptionsSchema, type Parsed } from '../../utils/options';
import { Adam, type AdamOptions, adamShape } from './adam';

export interface AdamWOptions extends AdamOptions {
  /** Share of each parameter, biases included, that is lost at a step of learning rate 1. */
  weightDecay?: number;
}

const schema = optionsOf<AdamWOptions>()({
  ...adamShape,
  weightDecay: z.number().nonnegative().default(0.01),
});

/**
 * Adam whose parameters shrink by themselves, rather than through their gradient: each loses
 * `learning rate * weightDecay` of itself at a step.
 * @see Loshchilov and Hutter, "Decoupled weight decay regularization", arXiv:1711.05101.
 */
export class AdamW extends Adam {
  static override readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: AdamWOptions = {}) {
    super(options, 'training_algorithms.learning_rule.AdamW');
  }

  protected override decayed(param: SharedVariable, rate: tf.Tensor): tf.Tensor {
    return tf.sub(param, rate.mul(this.options.weightDecay).mul(param));
  }
}
