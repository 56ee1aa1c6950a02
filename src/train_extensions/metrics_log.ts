/**
 * @file The values of all channels on disk while training runs: a table of text that grows by a line
 * at each monitoring, so that neither a closed page nor a dead kernel loses them. No counterpart in
 * Pylearn2. scripts/metrics_file.ts reads it.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import { getMonitor, type MonitorChannel } from '../monitor';
import { DataError } from '../utils/errors';
import { Logger } from '../utils/log';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TrainExtension } from './train_extension';

export interface MetricsLogOptions {
  /**
   * The table, in .csv. One that is there and has the same columns is gone on with. Unless given: a
   * new file in `.tslearn2/metrics`, named after the time and the model.
   */
  path?: string | null;
}

const WHERE = 'train_extensions.metrics_log.MetricsLog';
const FOLDER = join('.tslearn2', 'metrics');
/** What stands in each line before the channels. */
export const COUNTERS = ['epochs', 'batches', 'examples', 'seconds'] as const;

const schema = optionsOf<MetricsLogOptions>()({
  path: z.string().min(1).nullable().default(null),
});
const log = new Logger(WHERE);

function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replace(/"/g, '""')}"` : name;
}

function newPath(model: Model): string {
  const time = new Date().toISOString().slice(0, 19).replace(/:/g, '-');
  const stem = join(FOLDER, `${time}-${model.constructor.name}`);
  for (let i = 1; ; i++) {
    const path = i === 1 ? `${stem}.csv` : `${stem}-${i}.csv`;
    if (!existsSync(path)) return path;
  }
}

function countersOf(channel: MonitorChannel): number[] {
  const { epochRecord, batchRecord, exampleRecord, timeRecord } = channel;
  return [epochRecord, batchRecord, exampleRecord, timeRecord].map((record) => record.at(-1)!);
}

/** Writes what was monitored to a file, a line at a time. */
export class MetricsLog extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  /** The file and its first line, once something was written. */
  private table?: { path: string; head: string };
  private broken = false;

  constructor(options: MetricsLogOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  /** Where the table is; undefined before the first monitoring. */
  get path(): string | undefined {
    return this.table?.path;
  }

  /** @throws {@link DataError} when the file that was asked for has other columns. */
  override onMonitor(model: Model, _dataset: Dataset): void {
    if (this.broken) return;
    const channels = [...getMonitor(model).channels.values()].filter(
      ({ valRecord }) => valRecord.length > 0,
    );
    if (channels.length === 0) return;
    const head = [...COUNTERS, ...channels.map(({ name }) => quoted(name))].join();
    const values = [
      ...countersOf(channels[0]),
      ...channels.map(({ valRecord }) => valRecord.at(-1)),
    ];
    try {
      appendFileSync(this.begun(head, model), `${values.join()}\n`);
    } catch (error) {
      // Nobody asked for the file: training is not to fail for it.
      if (this.options.path !== null) throw error;
      this.broken = true;
      log.warn(`metrics are not kept on disk: ${(error as Error).message}`);
    }
  }

  /** The file with its first line; another one when there are other channels now. */
  private begun(head: string, model: Model): string {
    if (this.table?.head !== head) {
      const path = this.options.path ?? newPath(model);
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) appendFileSync(path, `${head}\n`);
      else if (!readFileSync(path, 'utf8').startsWith(`${head}\n`)) {
        throw new DataError(`${WHERE}: ${path} has other columns than there are channels.`);
      }
      this.table = { path, head };
    }
    return this.table.path;
  }
}
