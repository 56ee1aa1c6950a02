/**
 * @file A thread that does nothing but wait for SIGINT. Node tells only the main thread of signals,
 * and that only between two of its turns; `vm`, which a signal stops in any thread, hears it at
 * once, whatever the main thread does.
 */
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { Slot } from './link';

/**
 * How many waits stand within one another: a signal ends the innermost, and while that is set up
 * anew the next one hears. Where none does, a signal ends the process.
 */
const DEPTH = 100;
/** Time for a signal that is passed on to arrive before this thread hears again. */
const PASSING_MS = 20;

const shared = new Int32Array(workerData as SharedArrayBuffer);
const never = new Int32Array(new SharedArrayBuffer(4));
const scope = globalThis as { deeper?: () => void };
const enter = new vm.Script('deeper()');

function heard(): void {
  if (Atomics.load(shared, Slot.inVm) === 0) {
    parentPort?.postMessage('SIGINT');
    return;
  }
  // The main thread is inside `vm` too, and the signal is meant for the cell that it runs there.
  process.kill(process.pid, 'SIGINT');
  Atomics.wait(never, 0, 0, PASSING_MS);
}

function listen(depth: number): void {
  for (;;) {
    scope.deeper = () => {
      if (depth < DEPTH) listen(depth + 1);
      else Atomics.wait(never, 0, 0);
    };
    try {
      enter.runInThisContext({ breakOnSigint: true });
    } catch {
      heard();
    }
  }
}

listen(1);
