/** @file Any thrown value as a notebook shows it: name, message, place in the cell, frames. */
import path from 'node:path';
import { inspect } from 'node:util';
import { ansi, excerpt, TypeScriptError } from './language';
import { distRoot } from './paths';
import { Interrupted } from './interrupted';
import { sourceOf } from './stack';

/** The content of an `error` message. */
export interface ErrorContent extends Record<string, unknown> {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** How many frames of the library to show before the rest is only counted. */
const LIBRARY_FRAMES = 3;
const libraryRoot = path.join(distRoot, 'src') + path.sep;
const CELL_PLACE = /(In\[[\d*]+\]):(\d+):(\d+)/;

function nameOf(error: Error): string {
  if (error.name !== 'Error') return error.name;
  return error.constructor.name || 'Error';
}

function framesOf(error: Error): string[] {
  return (String(error.stack).match(/^ {4}at .*$/gm) ?? []).map((line) => line.trim());
}

/** The lines of the cell in which it happened. */
function placeInCell(frames: readonly string[]): string[] {
  const match = frames.map((frame) => CELL_PLACE.exec(frame)).find((found) => found !== null);
  const [, cell, line, column] = match ?? [];
  const code = cell === undefined ? undefined : sourceOf(cell);
  if (code === undefined) return [];
  const place = { line: Number(line), column: Number(column) };
  return [ansi.cyan(`${cell}:${line}:${column}`), ...excerpt(code, place)];
}

/** Cells and the user's modules whole, the library short, packages and Node not at all. */
function shortFrames(frames: readonly string[]): string[] {
  const shown: string[] = [];
  let inLibrary = 0;
  for (const frame of frames) {
    const isLibrary = frame.includes(libraryRoot);
    if (isLibrary) inLibrary += 1;
    const foreign = /[\\/]node_modules[\\/]|\bnode:|<anonymous>/.test(frame);
    if (foreign || inLibrary > LIBRARY_FRAMES) continue;
    shown.push(ansi.grey(`    ${frame.replace(libraryRoot, 'tslearn2/')}`));
  }
  const hidden = inLibrary - LIBRARY_FRAMES;
  if (hidden > 0) shown.push(ansi.grey(`    ... and ${hidden} more in tslearn2`));
  return withoutRepeats(shown);
}

/** Of a function that calls itself the first frames tell all. */
function withoutRepeats(frames: readonly string[]): string[] {
  const shown = frames.filter((frame, i) => frame !== frames[i - 1] || frame !== frames[i - 2]);
  const left = frames.length - shown.length;
  return left > 0 ? [...shown, ansi.grey(`    ... and ${left} more of the same`)] : shown;
}

/** Whether the error already says what its cause says, as errors in YAML do. */
function isQuoted(error: Error): boolean {
  return error.cause instanceof Error && error.message.includes(error.cause.message);
}

function causesOf(error: Error): string[] {
  const inner: unknown[] = error instanceof AggregateError ? error.errors : [];
  const causes = error.cause === undefined || isQuoted(error) ? inner : [error.cause, ...inner];
  return causes.flatMap((cause) => ['Caused by:', ...describeError(cause).traceback]);
}

function traceError(error: Error, ename: string): string[] {
  const headline = `${ansi.red(ename)}: ${error.message}`;
  if (error instanceof TypeScriptError) return [...error.report];
  if (error instanceof Interrupted) return [headline];
  const frames = framesOf(error);
  return [headline, ...placeInCell(frames), ...shortFrames(frames), ...causesOf(error)];
}

/** What to say about a thrown value. */
export function describeError(thrown: unknown): ErrorContent {
  if (!(thrown instanceof Error)) {
    const evalue = typeof thrown === 'string' ? thrown : inspect(thrown);
    const ename = 'Thrown';
    return { ename, evalue, traceback: [`${ansi.red(ename)}: ${evalue}`] };
  }
  const ename = nameOf(thrown);
  return { ename, evalue: thrown.message, traceback: traceError(thrown, ename) };
}
