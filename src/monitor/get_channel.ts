/**
 * @file The value of a channel on some dataset. Port of pylearn2/monitor.py (`get_channel`).
 * Differs: asynchronous; prints no report.
 */
import { z } from 'zod';
import { Cost } from '../costs';
import { Dataset } from '../datasets';
import { Model } from '../models';
import { instanceOf, nameable, optionsOf } from '../utils/options';
import { findChannel } from './find_channel';
import { Monitor } from './monitor';

export interface GetChannelOptions {
  model: Model;
  dataset: Dataset;
  /** Name of the channel, without a prefix: `objective`, `y_misclass`. */
  channel: string;
  /** Cost of which `objective` is the value; null for the model's channels alone. */
  cost: Cost | null;
  /** Examples evaluated at once. */
  batchSize: number;
}

const schema = optionsOf<GetChannelOptions>()({
  model: instanceOf(Model),
  dataset: instanceOf(Dataset),
  channel: z.string(),
  cost: instanceOf(Cost).nullable(),
  batchSize: z.number().int().positive(),
});

/** Computes one channel now, on any dataset; the model's own monitor is not touched. */
export const getChannel = nameable(
  schema,
  'monitor.getChannel',
  async ({ model, dataset, channel, cost, batchSize }): Promise<number> => {
    const monitor = new Monitor().attach(model);
    monitor.quiet = true;
    monitor.setup({ dataset, cost, batchSize });
    const found = findChannel(monitor, channel, 'monitor.getChannel');
    await monitor.monitor();
    return found.last();
  },
);
