/**
 * @file Smoothing a channel. Port of pylearn2/train_extensions/__init__.py (`ChannelSmoother`) with
 * its quirk kept: the mean is over the last k - 1 values.
 */
import { z } from 'zod';
import type { Model } from '../models';
import { channelOf, getMonitor } from '../monitor';
import { Logger } from '../utils/log';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { float32Str } from '../utils/python_format';
import { TrainExtension } from './train_extension';

export interface ChannelSmootherOptions {
  /** The channel to average. */
  channelToSmooth: string;
  /** Name of the new channel. */
  channelToPublish: string;
  /** One more than the values averaged. */
  k?: number;
}

const where = 'train_extensions.ChannelSmoother';

const schema = optionsOf<ChannelSmootherOptions>()({
  channelToSmooth: z.string(),
  channelToPublish: z.string(),
  k: z.number().int().min(2).default(5),
});

const log = new Logger('train_extensions');

/** What the new channel holds until the mean is known; the report prints it. */
const PLACEHOLDER = -1;

/** Publishes the running mean of a channel; extensions that read it must come later in the list. */
export class ChannelSmoother extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: ChannelSmootherOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override setup(model: Model): void {
    const monitor = getMonitor(model);
    channelOf(model, this.options.channelToSmooth, where);
    monitor.addChannel(this.options.channelToPublish, () => PLACEHOLDER, {
      dataset: monitor.datasets[0],
      doc: `running mean of ${this.options.channelToSmooth}`,
    });
  }

  override onMonitor(model: Model): void {
    const { channelToSmooth, channelToPublish, k } = this.options;
    const recent = channelOf(model, channelToSmooth, where).valRecord.slice(-(k - 1));
    const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
    const { valRecord } = channelOf(model, channelToPublish, where);
    valRecord[valRecord.length - 1] = mean;
    if (!getMonitor(model).quiet) log.report(`\t${channelToPublish}: ${float32Str(mean)}`);
  }
}
