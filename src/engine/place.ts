/** @file Where in the caller's code something happened. */
import { dirname, join, sep } from 'node:path';

/** tfjs's frames name its sources where source maps are heeded. */
const LIBRARIES = /[\\/](node_modules|tfjs-[\w-]+)[\\/]|\bnode:|<anonymous>\)/;
const DEPTH = 100;

/** Calls the bodies of functions; what is further out in the stack is not theirs. */
const CALLER = join(__dirname, 'compiler.');
const LIBRARY = dirname(__dirname) + sep;

/**
 * The line of a function's body that runs now, e.g. `train.ts:12:7`: the innermost one of the user,
 * else of the library outside the engine, else undefined.
 */
export function bodysPlace(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const lines = new Error().stack!.split('\n').slice(1);
  Error.stackTraceLimit = limit;
  const end = lines.findIndex((text) => text.includes(CALLER));
  const body = lines
    .slice(0, end < 0 ? undefined : end)
    .filter((text) => !LIBRARIES.test(text) && !text.includes(__dirname + sep));
  const line = body.find((text) => !text.includes(LIBRARY)) ?? body[0];
  return line?.trim().replace(/^at /, '');
}
