/**
 * @file How a running training is stopped and how it lets others run. kernel/ and scripts/ call
 * {@link interrupt}; loops look at {@link interruptSignal} at batch borders and `await breathe()`.
 */
import { setImmediate } from 'node:timers';

let controller = new AbortController();

/** The signal of the cell or command that runs now; look it up anew at the start of each loop. */
export function interruptSignal(): AbortSignal {
  return controller.signal;
}

/** Asks everything that runs now to stop at its next border; what starts later is not touched. */
export function interrupt(reason = 'interrupted'): void {
  const stopped = controller;
  controller = new AbortController();
  stopped.abort(new Error(reason));
}

/** Lets everything else that waits run first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Longest time, in milliseconds, for which a loop that breathes keeps the event loop waiting. */
const HOLD = 40;
let lastBreath = 0;

/**
 * Lets timers, plots, interrupts and kernel messages run if the loop has held them for some 40 ms;
 * returns at once otherwise. A setImmediate, not a bare await: only that lets signals in.
 */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - lastBreath < HOLD) return;
  await nextTurn();
  lastBreath = performance.now();
}
