/** @file Putting a monitor aside. Port of pylearn2/monitor.py (`push_monitor`). */
import { z } from 'zod';
import { Model } from '../models';
import { StateError } from '../utils/errors';
import { flag, instanceOf, nameable, optionsOf } from '../utils/options';
import { CURRENT } from './find_channel';
import { getMonitor } from './get_monitor';
import type { Monitor } from './monitor';
import { MonitorChannel } from './monitor_channel';

export interface PushMonitorOptions {
  model: Model;
  /** Under which the monitor is kept, in `model.pushedMonitors`. */
  name: string;
  /** Whether the new monitor goes on counting epochs, batches and examples. */
  transferExperience?: boolean;
  /** Whether, with `transferExperience`, the new monitor's channels go on from the old records. */
  saveRecords?: boolean;
}

const schema = optionsOf<PushMonitorOptions>()({
  model: instanceOf(Model),
  name: z.string().min(1),
  transferExperience: flag().default(false),
  saveRecords: flag().default(false),
});

const where = 'monitor.pushMonitor';

/** All entries but the last: monitoring before training records that state of the model again. */
function copyRecords(from: Monitor, to: Monitor): void {
  to.onChannelConflict = 'copy_history';
  for (const [name, former] of from.channels) {
    const channel = new MonitorChannel(name);
    channel.setState(former.getState(), Math.max(0, former.valRecord.length - 1));
    to.channels.set(name, channel);
  }
}

/**
 * Puts a model's monitor aside under a name, so that the model can be trained again with a new one.
 * @returns The model.
 * @throws {@link StateError} when there is no monitor to push, or the name is taken.
 */
export const pushMonitor = nameable(schema, where, (options): Model => {
  const { model, name } = options;
  const former = model.monitor;
  if (!former) throw new StateError(`${where}: the model has no monitor to push.`);
  if (name === CURRENT || Object.hasOwn(model.pushedMonitors, name)) {
    throw new StateError(`${where}: the model has a monitor \`${name}\` already.`);
  }
  model.pushedMonitors[name] = former;
  model.monitor = undefined;
  if (options.transferExperience) {
    const fresh = getMonitor(model);
    fresh.transferExperience(former);
    if (options.saveRecords) copyRecords(former, fresh);
  }
  return model;
});
