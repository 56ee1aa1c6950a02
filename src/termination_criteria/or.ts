/** @file Criteria of which one is enough. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { restoreStates, statesOf, TerminationCriterion } from './termination_criterion';

export interface OrOptions {
  /** Asked in order, up to the first that wants to go on: the rest do not see that epoch. */
  criteria: TerminationCriterion[];
}

const schema = optionsOf<OrOptions>()({ criteria: z.array(instanceOf(TerminationCriterion)) });

/** Continues while any of the criteria wants to. */
export class Or extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: OrOptions) {
    super();
    this.options = parseOptions(schema, options, 'termination_criteria.Or');
  }

  override continueLearning(model: Model): boolean {
    return this.options.criteria.some((criterion) => criterion.continueLearning(model));
  }

  /** Training lasts as long as its most patient criterion: all must know. */
  override epochsLeft(model: Model): number | undefined {
    const all = this.options.criteria.map((criterion) => criterion.epochsLeft(model));
    const known = all.filter((left): left is number => left !== undefined);
    return known.length === all.length && known.length > 0 ? Math.max(...known) : undefined;
  }

  override getState(): Record<string, unknown> {
    return statesOf(this.options.criteria);
  }

  override setState(state: Record<string, unknown>): void {
    restoreStates(this.options.criteria, state);
  }
}
