/** @file Stopping at a given value. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { channelOf } from '../monitor';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TerminationCriterion } from './termination_criterion';

export interface ChannelTargetOptions {
  /** The channel to watch. */
  channelName: string;
  /** The value at or below which training ends; a numeral in a string will do. */
  target: number | string;
}

const where = 'termination_criteria.ChannelTarget';

const schema = optionsOf<ChannelTargetOptions>()({
  channelName: z.string(),
  target: z
    .union([z.number(), z.string().trim().min(1)], { error: 'expected a number' })
    .transform(Number)
    .refine((target) => !Number.isNaN(target), { error: 'expected a number' }),
});

/** Continues while the channel's last value is above the target. */
export class ChannelTarget extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: ChannelTargetOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override continueLearning(model: Model): boolean {
    return channelOf(model, this.options.channelName, where).last() > this.options.target;
  }
}
