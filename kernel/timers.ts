/**
 * @file Ties timers to the cell that sets them: when it is interrupted, they never fire again. The
 * library and the kernel, which must tidy up behind an interrupt, take theirs from `node:timers`.
 */
import { owningCell, type Cell } from './cell';

type Task = (...args: unknown[]) => unknown;
type SetTimer = (task: Task, ...rest: unknown[]) => NodeJS.Timeout;

function setFor(cell: Cell, set: SetTimer, task: Task, rest: unknown[]): NodeJS.Timeout {
  const timer = set(
    (...args) => {
      if (cell.signal.aborted) clearInterval(timer);
      else task(...args);
    },
    ...rest,
  );
  return timer;
}

function tie(name: 'setTimeout' | 'setInterval' | 'setImmediate'): void {
  const set = globalThis[name] as unknown as SetTimer;
  const tied: SetTimer = (task, ...rest) => {
    const cell = owningCell();
    // What is no function Node refuses with a better message.
    if (cell === undefined || typeof task !== 'function') return set(task, ...rest);
    return setFor(cell, set, task, rest);
  };
  // `util.promisify` finds how on the function itself.
  Object.defineProperties(tied, Object.getOwnPropertyDescriptors(set));
  Object.assign(globalThis, { [name]: tied });
}

/** From now on the global timers belong to cells. */
export function tieTimers(): void {
  tie('setTimeout');
  tie('setInterval');
  tie('setImmediate');
}
