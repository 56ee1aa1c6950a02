/** @file Where in the caller's code something happened. */
import { sep } from 'node:path';

/** tfjs's frames name its sources where source maps are heeded. */
const LIBRARIES = /[\\/](node_modules|tfjs-[\w-]+)[\\/]|\bnode:|<anonymous>\)/;
const DEPTH = 100;

/** The innermost line outside the engine and its libraries, e.g. `train.ts:12:7`, or undefined. */
export function callersPlace(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const lines = new Error().stack!.split('\n').slice(1);
  Error.stackTraceLimit = limit;
  const line = lines.find((text) => !LIBRARIES.test(text) && !text.includes(__dirname + sep));
  return line?.trim().replace(/^at /, '');
}
