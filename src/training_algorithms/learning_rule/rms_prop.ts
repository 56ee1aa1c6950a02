/** @file RMSProp. Port of pylearn2/training_algorithms/learning_rule.py (`RMSProp`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import { type SharedVariable, tf, type Updates } from '../../engine';
import type { Monitor } from '../../monitor';
import { StateError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { LearningRule, type LrScalers, scaledRate } from './learning_rule';

export interface RMSPropOptions {
  /** Share of the running mean that is kept at each step, in [0, 1). */
  decay?: number;
  /** Most that a gradient is multiplied by. */
  maxScaling?: number;
}

const schema = optionsOf<RMSPropOptions>()({
  decay: z.number().min(0).lt(1).default(0.9),
  maxScaling: z.number().positive().default(1e5),
});

const WHERE = 'training_algorithms.learning_rule.RMSProp';
const SLOT = 'mean_square_grad';

/**
 * Steps against the gradient divided by its recent size, the root of a running mean of squares.
 * @see Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012.
 */
export class RMSProp extends LearningRule {
  static readonly schema = schema;
  protected override readonly slots = [SLOT];
  private readonly options: Parsed<typeof schema>;

  constructor(options: RMSPropOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  /** @throws {@link StateError} when a parameter has no name to call its channels by. */
  override setup(params: readonly SharedVariable[]): void {
    const names = params.map(({ name }) => name);
    if (names.includes('')) throw new StateError(`${WHERE}: expected parameters with names.`);
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    if (repeated)
      new Logger('learning_rule').warn(`${WHERE}: several parameters named ${repeated}.`);
    super.setup(params);
  }

  override getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates {
    const { decay, maxScaling } = this.options;
    const updates: Updates = new Map();
    for (const [param, gradient] of gradients) {
      const mean = this.recall(SLOT, param);
      const next = mean.mul(decay).add(gradient.square().mul(1 - decay));
      const size = next.sqrt().maximum(1 / maxScaling);
      const step = scaledRate(learningRate, lrScalers, param).mul(gradient).div(size);
      updates.set(mean, next);
      updates.set(param, tf.sub(param, step));
    }
    return updates;
  }

  override addChannelsToMonitor(monitor: Monitor, dataset: Dataset | undefined): void {
    for (const param of new Map(this.trained().map((one) => [one.name, one])).values()) {
      const mean = this.recall(SLOT, param);
      for (const statistic of ['min', 'max', 'mean'] as const) {
        const value = () => mean[statistic]() as tf.Scalar;
        monitor.addChannel(`${SLOT}_${param.name}_${statistic}`, value, { dataset });
      }
    }
  }
}
