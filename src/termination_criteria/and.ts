/** @file Criteria that must all agree. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { restoreStates, statesOf, TerminationCriterion } from './termination_criterion';

export interface AndOptions {
  /** Asked in order, up to the first that wants to stop: the rest do not see that epoch. */
  criteria: TerminationCriterion[];
}

const schema = optionsOf<AndOptions>()({ criteria: z.array(instanceOf(TerminationCriterion)) });

/** Continues while all criteria want to. */
export class And extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: AndOptions) {
    super();
    this.options = parseOptions(schema, options, 'termination_criteria.And');
  }

  override continueLearning(model: Model): boolean {
    return this.options.criteria.every((criterion) => criterion.continueLearning(model));
  }

  /** The first criterion to stop ends training, so the least of what is known bounds it. */
  override epochsLeft(model: Model): number | undefined {
    const known = this.options.criteria
      .map((criterion) => criterion.epochsLeft(model))
      .filter((left): left is number => left !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  override getState(): Record<string, unknown> {
    return statesOf(this.options.criteria);
  }

  override setState(state: Record<string, unknown>): void {
    restoreStates(this.options.criteria, state);
  }
}
