/**
 * @file How Node shows promises and timers: without its own notes on them, among which is the cell
 * that they belong to with all that hangs on it.
 */
import { inspect } from 'node:util';

const NOTES = new Set([
  ...['async_id_symbol', 'trigger_async_id_symbol', 'asyncId', 'triggerId'],
  'kResourceStore',
]);

function hideNotes(this: object): object {
  for (const key of Object.getOwnPropertySymbols(this)) {
    if (!NOTES.has(key.description ?? '')) continue;
    Object.defineProperty(this, key, { enumerable: false });
  }
  return this;
}

/** From now on they are shown so. */
export function installInspection(): void {
  const timer = setTimeout(() => undefined);
  const immediate = setImmediate(() => undefined);
  for (const sample of [Promise.resolve(), timer, immediate]) {
    const prototype = Object.getPrototypeOf(sample) as object;
    Object.defineProperty(prototype, inspect.custom, { configurable: true, value: hideNotes });
  }
  clearTimeout(timer);
  clearImmediate(immediate);
}
