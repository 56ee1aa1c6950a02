/** @file What decides when training ends. Port of pylearn2/termination_criteria/__init__.py. */
import type { Model } from '../models';

/** Asked once after the monitoring before training and once after each epoch. */
export abstract class TerminationCriterion {
  /** Whether to train another epoch; looks at the model's monitor and may remember what it saw. */
  abstract continueLearning(model: Model): boolean;

  /** How many epochs are left at most, when the criterion knows; for progress reports. */
  epochsLeft(_model: Model): number | undefined {
    return undefined;
  }

  /** What the criterion must remember for a training to be resumed: plain data. */
  getState?(): Record<string, unknown>;

  /** Takes what {@link getState} gave. */
  setState?(state: Record<string, unknown>): void;
}

/** What several criteria remember. */
export function statesOf(criteria: readonly TerminationCriterion[]): Record<string, unknown> {
  return { criteria: criteria.map((criterion) => criterion.getState?.() ?? null) };
}

/** Gives criteria back what {@link statesOf} gave, each in its place. */
export function restoreStates(
  criteria: readonly TerminationCriterion[],
  { criteria: states }: Record<string, unknown>,
): void {
  criteria.forEach((criterion, i) => {
    const state = (states as (Record<string, unknown> | null | undefined)[])[i];
    if (state) criterion.setState?.(state);
  });
}
