/**
 * @file Port of pylearn2/training_algorithms/sgd.py (`PatienceBasedTermCrit`). Differs: it is a
 * TerminationCriterion, so that algorithms, And and Or take it, which the original was not.
 */
import { z } from 'zod';
import type { Model } from '../../models';
import { channelOf, getMonitor } from '../../monitor';
import { TerminationCriterion } from '../../termination_criteria';
import { NameError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';

export interface PatienceBasedTermCritOptions {
  /** Share by which the channel must fall below its best value to count as better. */
  propDecrease: number;
  /** Monitorings to go on for in any case. */
  initialPatience: number;
  /** When the channel got better, the patience grows to this many times the monitorings so far. */
  patienceIncrease?: number;
  /** The channel; may be omitted when there is only one. */
  channelName?: string | null;
}

const schema = optionsOf<PatienceBasedTermCritOptions>()({
  propDecrease: z.number(),
  initialPatience: z.number(),
  patienceIncrease: z.number().default(2),
  channelName: z.string().nullish(),
});

const WHERE = 'training_algorithms.sgd.PatienceBasedTermCrit';

/** Continues for a time that grows with each sufficient improvement of a channel. */
export class PatienceBasedTermCrit extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private best = Infinity;
  private patience: number;

  constructor(options: PatienceBasedTermCritOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    this.patience = this.options.initialPatience;
  }

  override continueLearning(model: Model): boolean {
    const { propDecrease, patienceIncrease } = this.options;
    const { valRecord } = channelOf(model, this.channelName(model), WHERE);
    const seen = valRecord.length;
    const latest = valRecord[seen - 1];
    if (latest < this.best * (1 - propDecrease)) {
      this.patience = Math.max(this.patience, seen * patienceIncrease);
      this.best = latest;
    }
    return seen < this.patience;
  }

  private channelName(model: Model): string {
    if (this.options.channelName != null) return this.options.channelName;
    const names = [...getMonitor(model).channels.keys()];
    if (names.length === 1) return names[0];
    throw new NameError(`${WHERE}: there are ${names.length} channels; give \`channel_name\`.`);
  }

  override getState(): Record<string, unknown> {
    return { best: this.best, patience: this.patience };
  }

  override setState({ best, patience }: Record<string, unknown>): void {
    this.best = best as number;
    this.patience = patience as number;
  }
}
