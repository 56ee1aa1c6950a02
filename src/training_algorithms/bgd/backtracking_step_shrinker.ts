/** @file Port of pylearn2/training_algorithms/bgd.py (`BacktrackingStepShrinker`). */
import type { Model } from '../../models';
import type { NdArray } from '../../utils/nd_array';
import { StepShrinker, type StepShrinkerOptions, stepShrinkerSchema } from './step_shrinker';

/** A StepShrinker that also takes back the epoch after which the channel did not fall. */
export class BacktrackingStepShrinker extends StepShrinker {
  static override readonly schema = stepShrinkerSchema;
  private stored?: NdArray[];

  constructor(options: StepShrinkerOptions) {
    super(options, 'training_algorithms.bgd.BacktrackingStepShrinker');
  }

  protected override settle(model: Model, failed: boolean, latest: number, former: number): number {
    if (failed && this.stored) model.setParamValues(this.stored);
    this.stored = model.getParamValues();
    return failed ? former : latest;
  }
}
