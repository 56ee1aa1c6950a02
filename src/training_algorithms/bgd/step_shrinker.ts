/**
 * @file Port of pylearn2/training_algorithms/bgd.py (`StepShrinker`). Differs: the channel is there
 * from the first monitoring on, not from the second.
 */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { channelOf } from '../../monitor';
import type { TerminationCriterion } from '../../termination_criteria';
import { TrainExtension } from '../../train_extensions/train_extension';
import { Logger } from '../../utils/log';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { float32Str } from '../../utils/python_format';
import type { TrainingAlgorithm } from '../training_algorithm';
import { addScaleChannel, scalable } from './scale_channel';

export interface StepShrinkerOptions {
  /** The channel that should fall from epoch to epoch. */
  channel: string;
  /** What the step is multiplied by when it does not. */
  scale: number;
  /** Training ends when the step would get smaller than this. */
  giveupAfter: number;
  /** What the step is multiplied by when it does. */
  scaleUp?: number;
  /** The step never gets larger than this by growing. */
  maxScale?: number;
}

/** Options of both shrinkers. */
export const stepShrinkerSchema = optionsOf<StepShrinkerOptions>()({
  channel: z.string(),
  scale: z.number(),
  giveupAfter: z.number(),
  scaleUp: z.number().default(1),
  maxScale: z.number().default(1),
});

const log = new Logger('training_algorithms.bgd');

/**
 * Shrinks BGD's steps when a channel did not fall; channel `scale_step`. Name it both among the
 * extensions and as termination criterion: it ends training when it gives up.
 */
export class StepShrinker extends TrainExtension implements TerminationCriterion {
  static readonly schema = stepShrinkerSchema;
  private readonly options: Parsed<typeof stepShrinkerSchema>;
  private gaveUp = false;
  private former = Infinity;

  constructor(
    options: StepShrinkerOptions,
    private readonly where = 'training_algorithms.bgd.StepShrinker',
  ) {
    super();
    this.options = parseOptions(stepShrinkerSchema, options, where);
  }

  override setup(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    addScaleChannel(model, scalable(this.where, algorithm));
  }

  override onMonitor(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const target = scalable(this.where, algorithm);
    const { valRecord } = channelOf(model, this.options.channel, this.where);
    if (valRecord.length === 1) return;
    const latest = valRecord[valRecord.length - 1];
    const failed = latest >= this.former;
    target.scaleStep = failed ? this.shrunk(target.scaleStep) : this.grown(target.scaleStep);
    this.former = this.settle(model, failed, latest, this.former);
  }

  continueLearning(): boolean {
    return !this.gaveUp;
  }

  epochsLeft(): undefined {
    return undefined;
  }

  /** Called after each epoch. Returns the value that the next one is compared with. */
  protected settle(_model: Model, _failed: boolean, latest: number, _former: number): number {
    return latest;
  }

  private shrunk(step: number): number {
    const next = step * this.options.scale;
    this.gaveUp ||= next < this.options.giveupAfter;
    const { channel } = this.options;
    if (this.gaveUp) log.info(`${channel} does not fall with any step: giving up.`);
    else log.info(`${channel} does not fall: shrinking the step to ${float32Str(next)}.`);
    return Math.max(next, this.options.giveupAfter);
  }

  private grown(step: number): number {
    const { channel, scaleUp, maxScale } = this.options;
    if (scaleUp === 1) return step;
    const next = Math.min(step * scaleUp, maxScale);
    log.info(`${channel} falls: growing the step to ${float32Str(next)}.`);
    return next;
  }

  override getState(): Record<string, unknown> {
    return { gaveUp: this.gaveUp, former: this.former };
  }

  override setState({ gaveUp, former }: Record<string, unknown>): void {
    this.gaveUp = gaveUp as boolean;
    this.former = former as number;
  }
}
