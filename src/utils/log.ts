/**
 * @file What the library says while it works: reports and news on standard output, warnings on
 * standard error, as pylearn2/utils/logger.py does. The sink can be replaced (tests, -V).
 */

/** How much a line matters. 'report' is what Monitor prints at each epoch. */
export type LogLevel = 'debug' | 'report' | 'info' | 'warning';

/** Takes the lines. `where` is the module, e.g. `monitor`. */
export type LogSink = (level: LogLevel, where: string, text: string) => void;

/** The usual sink: bare lines; warnings say where they come from. */
export const consoleSink: LogSink = (level, where, text) => {
  if (level === 'debug') return;
  if (level === 'warning') process.stderr.write(`WARNING (${where}): ${text}\n`);
  else process.stdout.write(`${text}\n`);
};

let sink = consoleSink;

/** Sends all lines elsewhere from now on; returns the sink that took them before. */
export function setLogSink(next: LogSink): LogSink {
  const former = sink;
  sink = next;
  return former;
}

/** The voice of one module. */
export class Logger {
  constructor(private readonly where: string) {}

  debug(text: string): void {
    sink('debug', this.where, text);
  }

  report(text: string): void {
    sink('report', this.where, text);
  }

  info(text: string): void {
    sink('info', this.where, text);
  }

  warn(text: string): void {
    sink('warning', this.where, text);
  }
}
