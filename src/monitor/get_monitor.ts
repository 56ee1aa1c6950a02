/** @file A model's monitor. Port of pylearn2/monitor.py (`Monitor.get_monitor`). */
import type { Model } from '../models';
import { Monitor } from './monitor';

/** The monitor that hangs at `model.monitor`, made at the first call. */
export function getMonitor(model: Model): Monitor {
  model.monitor ??= new Monitor();
  return model.monitor.attach(model);
}
