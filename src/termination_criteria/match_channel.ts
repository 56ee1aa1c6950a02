/** @file Stopping at a former run's value. Port of pylearn2/termination_criteria/__init__.py. */
import { z } from 'zod';
import type { Model } from '../models';
import { channelOf, findChannel, findMonitor } from '../monitor';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TerminationCriterion } from './termination_criterion';

export interface MatchChannelOptions {
  /** The channel that has to come down. */
  channelName: string;
  /** The channel whose last value it has to reach. */
  prevChannelName: string;
  /** The pushed monitor that holds that channel. */
  prevMonitorName: string;
}

const where = 'termination_criteria.MatchChannel';

const schema = optionsOf<MatchChannelOptions>()({
  channelName: z.string(),
  prevChannelName: z.string(),
  prevMonitorName: z.string(),
});

/** Continues while a channel is above the last value that a channel of a pushed monitor had. */
export class MatchChannel extends TerminationCriterion {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: MatchChannelOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override continueLearning(model: Model): boolean {
    const { channelName, prevChannelName, prevMonitorName } = this.options;
    const former = findMonitor(model, prevMonitorName, where);
    const target = findChannel(former, prevChannelName, where).last();
    return channelOf(model, channelName, where).last() > target;
  }
}
