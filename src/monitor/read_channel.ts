/** @file The last value of a channel. Port of pylearn2/monitor.py (`read_channel`). */
import { z } from 'zod';
import { Model } from '../models';
import { instanceOf, nameable, optionsOf } from '../utils/options';
import { CURRENT, findChannel, findMonitor } from './find_channel';

export interface ReadChannelOptions {
  model: Model;
  channelName: string;
  /** Which of the model's monitors: the present one, or one that was pushed under this name. */
  monitorName?: string;
}

const schema = optionsOf<ReadChannelOptions>()({
  model: instanceOf(Model),
  channelName: z.string(),
  monitorName: z.string().default(CURRENT),
});

/** The last value of a channel of one of the model's monitors. */
export const readChannel = nameable(schema, 'monitor.readChannel', (options): number => {
  const monitor = findMonitor(options.model, options.monitorName, 'monitor.readChannel');
  return findChannel(monitor, options.channelName, 'monitor.readChannel').last();
});
