/** @file Channels from the tables that train_extensions/metrics_log.ts writes. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { ChannelRecords } from '../plots';
import { COUNTERS } from '../train_extensions/metrics_log';
import { DataError } from '../utils/errors';
import { expectFile } from '../utils/paths';

/** Whether a path names such a table. */
export function isMetricsFile(path: string): boolean {
  return path.endsWith('.csv');
}

/**
 * Reads a table. A last line that was cut short is left out.
 * @param where - Starts the error messages.
 * @throws {@link DataError} when it is something else.
 */
export function readMetrics(path: string, where: string): ChannelRecords[] {
  expectFile(where, path);
  const rows: string[][] = parse(readFileSync(path, 'utf8'), { relaxColumnCount: true });
  const [head = [], ...lines] = rows;
  if (!COUNTERS.every((name, i) => head[i] === name)) {
    const wanted = COUNTERS.join(', ');
    throw new DataError(`${where}: expected ${path} to begin with the columns ${wanted}.`);
  }
  const whole = lines.filter((line) => line.length === head.length);
  const column = (i: number) => whole.map((line) => Number(line[i]));
  const [epochRecord, batchRecord, exampleRecord, timeRecord] = COUNTERS.map((_, i) => column(i));
  const records = { epochRecord, batchRecord, exampleRecord, timeRecord };
  return head
    .slice(COUNTERS.length)
    .map((name, i) => ({ name, valRecord: column(COUNTERS.length + i), ...records }));
}
