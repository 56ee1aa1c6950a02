/**
 * @file What it costs that training lets others run. Loaded before the library, it puts another
 * `breathe` in the place of its own: with `--breathless` one that does nothing, with `--timed` one
 * with a stop-watch.
 */
import * as interrupt from '../src/utils/interrupt';

let milliseconds = 0;

/** Seconds since the last call in which training let others run. */
export function takeBreathing(): number {
  const seconds = milliseconds / 1000;
  milliseconds = 0;
  return seconds;
}

async function timed(): Promise<void> {
  const start = performance.now();
  await interrupt.breathe();
  milliseconds += performance.now() - start;
}

function replace(breathe: () => Promise<void>): void {
  require.cache[require.resolve('../src/utils/interrupt')]!.exports = { ...interrupt, breathe };
}

if (process.argv.includes('--breathless')) replace(async () => {});
if (process.argv.includes('--timed')) replace(timed);
