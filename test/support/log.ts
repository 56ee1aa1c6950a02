/** @file Catching what the library says. */
import { type LogLevel, setLogSink } from '../../src/utils/log';

/** A line that was said. */
export interface Line {
  level: LogLevel;
  where: string;
  text: string;
}

/** Runs `f` and gives what was said meanwhile instead of printing it. */
export async function logged(f: () => unknown): Promise<Line[]> {
  const lines: Line[] = [];
  const former = setLogSink((level, where, text) => lines.push({ level, where, text }));
  try {
    await f();
  } finally {
    setLogSink(former);
  }
  return lines;
}

/** Runs `f` in silence and gives its result. */
export async function quietly<T>(f: () => T | Promise<T>): Promise<T> {
  const former = setLogSink(() => {});
  try {
    return await f();
  } finally {
    setLogSink(former);
  }
}
