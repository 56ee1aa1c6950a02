/** @file Saying how long things take. Port of pylearn2/utils/timing.py. */
import type { Logger } from './log';

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** A duration as Pylearn2 prints it: `12.345678 seconds`, from a minute on `0:01:02.345678`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(6)} seconds`;
  const micros = Math.round(seconds * 1e6);
  const whole = Math.floor(micros / 1e6);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const days = Math.floor(hours / 24);
  const prefix = days === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'}, `;
  const clock = `${prefix}${hours % 24}:${pad(minutes, 2)}:${pad(whole % 60, 2)}`;
  const fraction = micros % 1e6;
  return fraction === 0 ? clock : `${clock}.${pad(fraction, 6)}`;
}

/** Does something and says before and after what it is and how long it took. */
export function logTiming<T>(log: Logger, task: string, action: () => T): T {
  log.info(`${task}...`);
  const start = performance.now();
  const result = action();
  log.info(`${task} done. Time elapsed: ${formatDuration((performance.now() - start) / 1000)}`);
  return result;
}
