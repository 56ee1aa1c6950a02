/** @file Stopping when a channel no longer falls. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { channelOf } from '../monitor';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TerminationCriterion } from './termination_criterion';

export interface MonitorBasedOptions {
  /** The part of the best value by which a new one must be lower to count: 0.01 is one per cent. */
  propDecrease?: number;
  /** Epochs without such an improvement after which training ends. */
  N?: number;
  /** The channel to watch; `objective` when null. */
  channelName?: string | null;
}

const where = 'termination_criteria.MonitorBased';

const schema = optionsOf<MonitorBasedOptions>()({
  propDecrease: z.number().default(0.01),
  N: z.number().int().positive().default(5).meta({ yaml: 'N' }),
  channelName: z.string().nullable().default(null),
});

/**
 * Continues until N epochs in a row brought no value below (1 - propDecrease) times the best one.
 * Smaller improvements lower that best value all the same. NaN is no improvement.
 */
export class MonitorBased extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private countdown: number;
  private bestValue = Infinity;

  constructor(options: MonitorBasedOptions = {}) {
    super();
    this.options = parseOptions(schema, options, where);
    this.countdown = this.options.N;
  }

  override continueLearning(model: Model): boolean {
    const { N, channelName, propDecrease } = this.options;
    const value = channelOf(model, channelName ?? 'objective', where).last();
    const improved = value < (1 - propDecrease) * this.bestValue;
    this.countdown = improved ? N : this.countdown - 1;
    if (value < this.bestValue) this.bestValue = value;
    return this.countdown > 0;
  }

  override getState(): Record<string, unknown> {
    return { bestValue: this.bestValue, waited: this.options.N - this.countdown };
  }

  override setState({ bestValue, waited }: Record<string, unknown>): void {
    this.bestValue = bestValue as number;
    this.countdown = this.options.N - (waited as number);
  }
}
