/** @file What the monitor prints. Port of the report of pylearn2/monitor.py (`Monitor.__call__`). */
import { compareNumberAware } from '../utils/number_aware';
import { exponentStr, float32Str } from '../utils/python_format';
import type { MonitorChannel, Progress } from './monitor_channel';

/** From here on values are printed with four digits and an exponent. */
const LARGE = 1e4;

/** A value as the report prints it. */
export function showValue(value: number): string {
  return Math.abs(value) < LARGE ? float32Str(value) : exponentStr(value, 3);
}

/** Channels with `layer2` before `layer10`. */
export function byName(channels: Iterable<MonitorChannel>): MonitorChannel[] {
  return [...channels].sort((a, b) => compareNumberAware(a.name, b.name));
}

/** The list that precedes the first report. */
export function channelList(channels: Iterable<MonitorChannel>): string {
  const names = [...channels].map(({ name }) => name).sort();
  return ['Monitored channels: ', ...names.map((name) => `\t${name}`)].join('\n');
}

/** The report of one monitoring: counters, then the channels' last values. */
export function report(progress: Progress, channels: Iterable<MonitorChannel>): string {
  return [
    'Monitoring step:',
    `\tEpochs seen: ${progress.epochs}`,
    `\tBatches seen: ${progress.batches}`,
    `\tExamples seen: ${progress.examples}`,
    ...byName(channels).map((channel) => `\t${channel.name}: ${showValue(channel.last())}`),
  ].join('\n');
}
