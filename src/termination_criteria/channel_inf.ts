/**
 * @file A criterion on infinite values. Port of pylearn2/termination_criteria/__init__.py with its
 * quirk kept, since files depend on it: it continues only while the channel IS infinite, the
 * opposite of what its name promises.
 */
import { z } from 'zod';
import type { Model } from '../models';
import { channelOf } from '../monitor';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TerminationCriterion } from './termination_criterion';

export interface ChannelInfOptions {
  /** The channel to watch. */
  channelName: string;
}

const where = 'termination_criteria.ChannelInf';

const schema = optionsOf<ChannelInfOptions>()({ channelName: z.string() });

/** Continues only while the channel's last value is plus or minus infinity. */
export class ChannelInf extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: ChannelInfOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override continueLearning(model: Model): boolean {
    const value = channelOf(model, this.options.channelName, where).last();
    return Math.abs(value) === Infinity;
  }
}
