/**
 * @file Adam. Not in Pylearn2; here because it is what people expect today.
 */
import { z } from 'zod';
import { type SharedVariable, sharedX, type tf, type Updates } from '../../engine';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../../utils/options';
import { LearningRule, type LrScalers, type RuleState, scaledRate } from './learning_rule';

export interface AdamOptions {
  /** Share of the running mean of gradients that is kept at each step, in [0, 1). */
  b1?: number;
  /** Share of the running mean of their squares that is kept at each step, in [0, 1). */
  b2?: number;
  /** Added to the root of that mean, which keeps the division sane. */
  epsilon?: number;
}

/** The zod shape of these options, for the rules that add to them. */
export const adamShape = {
  b1: z.number().min(0).lt(1).default(0.9),
  b2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
};

const schema = optionsOf<AdamOptions>()(adamShape);

const [MEAN, SQUARE, STEPS] = ['mean_grad', 'mean_square_grad', 'steps'];

/**
 * Steps against the running mean of gradients divided by their recent size. Both means start at
 * zero and are corrected for that. SGD's learning rate is the length of a step.
 * @see Kingma and Ba, "Adam: a method for stochastic optimization", arXiv:1412.6980.
 */
export class Adam extends LearningRule {
  static readonly schema: OptionsSchema = schema;
  protected override readonly slots = [MEAN, SQUARE];
  protected readonly options: Parsed<typeof schema>;
  /** How many steps were taken. */
  private readonly steps = sharedX<tf.Rank.R0>(0, STEPS);

  constructor(options: AdamOptions = {}, where = 'training_algorithms.learning_rule.Adam') {
    super();
    this.options = parseOptions(new.target.schema, options, where) as Parsed<typeof schema>;
  }

  override get params(): SharedVariable[] {
    return [...super.params, this.steps];
  }

  override setup(params: readonly SharedVariable[]): void {
    super.setup(params);
    this.steps.setValue(0);
  }

  override getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates {
    const { b1, b2, epsilon } = this.options;
    const steps = this.steps.add(1);
    const updates: Updates = new Map([[this.steps as SharedVariable, steps]]);
    const [share1, share2] = [reached(b1, steps), reached(b2, steps)];
    for (const [param, gradient] of gradients) {
      const rate = scaledRate(learningRate, lrScalers, param);
      const [mean, square] = this.slots.map((slot) => this.recall(slot, param));
      const nextMean = mean.mul(b1).add(gradient.mul(1 - b1));
      const nextSquare = square.mul(b2).add(gradient.square().mul(1 - b2));
      const size = nextSquare.div(share2).sqrt().add(epsilon);
      const step = rate.mul(nextMean.div(share1)).div(size);
      updates.set(mean, nextMean);
      updates.set(square, nextSquare);
      updates.set(param, this.decayed(param, rate).sub(step));
    }
    return updates;
  }

  /** What a step starts from. */
  protected decayed(param: SharedVariable, _rate: tf.Tensor): tf.Tensor {
    return param;
  }

  override getState(): RuleState {
    return { ...super.getState(), [STEPS]: this.steps.getValue() };
  }

  override setState(state: RuleState): void {
    super.setState(state);
    this.steps.setValue(state[STEPS]);
  }

  override dispose(): void {
    super.dispose();
    this.steps.dispose();
  }
}

/**
 * How much of its value a mean that started at zero has reached: 1 - share^steps. By expm1, since
 * float32 has few digits left of the difference while there were few steps.
 */
function reached(share: number, steps: tf.Tensor): tf.Tensor {
  return steps.mul(Math.log(share)).expm1().neg();
}
