/**
 * @file What stands behind every `await` in a cell's code: once the cell was interrupted, its
 * awaits throw, so that no loop goes on behind the user's back.
 */
import { setTimeout } from 'node:timers';
import { currentCell } from './cell';
import { Interrupted } from './interrupted';

/**
 * How long an interrupted cell waits for what it awaits, so that training reaches its border, says
 * how to go on and returns, and its last words come before the cell's end.
 */
const GRACE_MS = 300;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
}

/** The same value, unless the cell is interrupted before it is there: then it throws. */
export function guard(value: unknown): unknown {
  const signal = currentCell()?.signal;
  if (signal === undefined || (!signal.aborted && !isThenable(value))) return value;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      timer = setTimeout(() => reject(new Interrupted()), GRACE_MS);
    };
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', stop);
      clearTimeout(timer);
      if (signal.aborted) reject(new Interrupted());
      else finish();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    Promise.resolve(value).then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** The same items, one after another, until the cell is interrupted. */
export async function* guardEach(
  items: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<unknown> {
  const iterator =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  try {
    for (;;) {
      const { done, value } = (await guard(iterator.next())) as IteratorResult<unknown>;
      if (done === true) return;
      yield await value;
    }
  } finally {
    await iterator.return?.();
  }
}
