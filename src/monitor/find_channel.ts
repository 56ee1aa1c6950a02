/** @file Monitors and channels by name, with the nearest name when there is none. */
import type { Model } from '../models';
import { NameError, StateError } from '../utils/errors';
import { didYouMean } from '../utils/match';
import type { Monitor } from './monitor';
import type { MonitorChannel } from './monitor_channel';

/** The name of the monitor that training writes to. */
export const CURRENT = 'monitor';

/**
 * A channel of a monitor.
 * @param where - Who asks: starts the error message.
 * @throws {@link NameError} `termination_criteria.MonitorBased: no channel ...`
 */
export function findChannel(monitor: Monitor, name: string, where: string): MonitorChannel {
  return monitor.channels.find(name, where);
}

/**
 * A model's present monitor ('monitor') or one that was pushed under a name.
 * @throws {@link NameError} with the nearest name.
 */
export function findMonitor(model: Model, name: string, where: string): Monitor {
  if (name === CURRENT && model.monitor) return model.monitor;
  const pushed = Object.hasOwn(model.pushedMonitors, name) ? model.pushedMonitors[name] : undefined;
  if (pushed) return pushed;
  const names = [...(model.monitor ? [CURRENT] : []), ...Object.keys(model.pushedMonitors)];
  throw new NameError(`${where}: the model has no monitor \`${name}\`.${didYouMean(name, names)}`);
}

/** A channel of the monitor that training writes to. */
export function channelOf(model: Model, name: string, where: string): MonitorChannel {
  if (!model.monitor) throw new StateError(`${where}: the model has no monitor yet.`);
  return findChannel(model.monitor, name, where);
}
