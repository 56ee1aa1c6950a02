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
}
