/** @file Stopping after some epochs. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { StateError } from '../utils/errors';
import { flag, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TerminationCriterion } from './termination_criterion';

export interface EpochCounterOptions {
  /** Epochs to train. */
  maxEpochs: number;
  /** Whether epochs from before the first question do not count. */
  newEpochs?: boolean;
}

const where = 'termination_criteria.EpochCounter';

const schema = optionsOf<EpochCounterOptions>()({
  maxEpochs: z.number().nonnegative(),
  newEpochs: flag().default(true),
});

function epochsSeen(model: Model): number {
  if (!model.monitor) throw new StateError(`${where}: the model has no monitor yet.`);
  return model.monitor.getEpochsSeen();
}

/** Continues until the model was trained for a number of epochs. */
export class EpochCounter extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  /** Epochs that do not count; known from the first question on. */
  private before?: number;

  constructor(options: EpochCounterOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override continueLearning(model: Model): boolean {
    this.before ??= this.options.newEpochs ? epochsSeen(model) : 0;
    return epochsSeen(model) - this.before < this.options.maxEpochs;
  }

  override epochsLeft(model: Model): number {
    const before = this.before ?? (this.options.newEpochs ? epochsSeen(model) : 0);
    return Math.max(0, Math.ceil(this.options.maxEpochs - (epochsSeen(model) - before)));
  }

  override getState(): Record<string, unknown> {
    return { before: this.before ?? null };
  }

  override setState({ before }: Record<string, unknown>): void {
    this.before = (before as number | null) ?? undefined;
  }
}
