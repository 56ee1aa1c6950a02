/**
 * @file Datasets in tables of text. Port of pylearn2/datasets/csv_dataset.py. Differs: labels are
 * integers, so that they can be trained on.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../utils/errors';
import { NdArray } from '../utils/nd_array';
import {
  flag,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../utils/options';
import { expandPath, expectFile } from '../utils/paths';
import { readTable } from '../utils/serial';
import { DenseDesignMatrix } from './dense_design_matrix';
import { oneHotOption } from './one_hot_notice';
import { preprocessorSchema } from './dense_design_matrix/options';
import type { Preprocessor } from './preprocessing/preprocessor';

export interface CSVDatasetOptions {
  /** Path of the file; may have `${VAR}` in it. */
  path?: string;
  /** 'classification': targets are labels from 0 on; 'regression': they are any numbers. */
  task?: 'classification' | 'regression';
  /** Whether the first columns are targets. */
  expectLabels?: boolean;
  /** Accepted for the sake of old files: a model that asks for one-hot targets gets them. */
  oneHot?: boolean;
  /** Whether the first line is to be passed over. */
  expectHeaders?: boolean;
  /** What stands between the numbers. */
  delimiter?: string;
  /** First row. */
  start?: number | null;
  /** The row behind the last one; needs `start`. */
  stop?: number | null;
  /** Takes this part of the rows, from the first on. */
  startFraction?: number | null;
  /** Takes this part of the rows, up to the last. */
  endFraction?: number | null;
  /** Columns of targets. */
  numOutputs?: number;
  /** Applied to the rows that are taken. */
  preprocessor?: Preprocessor | null;
  /** Whether the preprocessor takes its statistics from them. */
  fitPreprocessor?: boolean;
}

const row = z.number().int().nonnegative().nullable().default(null);
const fraction = z.number().positive().lt(1).nullable().default(null);

const schema = optionsOf<CSVDatasetOptions>()({
  path: z.string().min(1).default('train.csv'),
  task: z.enum(['classification', 'regression']).default('classification'),
  expectLabels: flag().default(true),
  oneHot: oneHotOption('CSVDataset'),
  expectHeaders: flag().default(true),
  delimiter: z.string().min(1).default(','),
  start: row,
  stop: row,
  startFraction: fraction,
  endFraction: fraction,
  numOutputs: z.number().int().positive().default(1),
  preprocessor: preprocessorSchema.nullable().default(null),
  fitPreprocessor: flag().default(false),
});

type Chosen = Parsed<typeof schema>;
const WHERE = 'datasets.csv_dataset.CSVDataset';

function readRows({ path, expectHeaders, delimiter }: Chosen): number[][] {
  const file = expandPath(WHERE, path);
  expectFile(WHERE, file);
  const lines = readFileSync(file, 'utf8').split(/\r\n|\r|\n/);
  // The header leaves an empty line, so that errors count lines as the file has them.
  const text = lines.map((line, i) => {
    return i === 0 && expectHeaders ? '' : line.split(delimiter).join(',');
  });
  try {
    return rowsOf(readTable(Buffer.from(text.join('\n')), { header: false }), text);
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new DataError(`${WHERE}: \`${file}\`: ${cause.message}.`, { cause });
  }
}

/** The rows of a table, which has one axis if it has one row or column. */
function rowsOf({ data }: NdArray, lines: readonly string[]): number[][] {
  const rows = lines.filter((line) => line.replace(/#.*/, '').trim() !== '').length;
  const columns = data.length / rows;
  return Array.from({ length: rows }, (_, i) =>
    Array.from(data.slice(i * columns, (i + 1) * columns), Number),
  );
}

/** The rows that are wanted. */
function choose(rows: number[][], { start, stop, startFraction, endFraction }: Chosen): number[][] {
  if ([start, startFraction, endFraction].filter((way) => way !== null).length > 1) {
    const ways = 'start, start_fraction and end_fraction';
    throw optionConflict(WHERE, `expected one of ${ways}, received several`);
  }
  if (start === null && stop !== null) throw optionConflict(WHERE, 'expected start beside stop');
  if (startFraction !== null) return rows.slice(0, Math.floor(startFraction * rows.length));
  if (endFraction !== null) return rows.slice(Math.floor((1 - endFraction) * rows.length));
  return rows.slice(start ?? 0, stop ?? rows.length);
}

/** The columns of some rows. */
function columns(rows: number[][], from: number, to?: number): NdArray {
  const taken = rows.map((numbers) => numbers.slice(from, to));
  return new NdArray(Float64Array.from(taken.flat()), [rows.length, taken[0].length]);
}

/** Rows of numbers; the first columns are the targets. */
export class CSVDataset extends DenseDesignMatrix {
  static override readonly schema: OptionsSchema<CSVDatasetOptions> = schema;
  private readonly chosen: Chosen;

  /**
   * @throws DataError when the file is missing or holds no such rows, naming the line.
   * @throws OptionError when there are labels that are no labels.
   */
  constructor(options: CSVDatasetOptions = {}) {
    const parsed = parseOptions(schema, options, WHERE);
    const rows = choose(readRows(parsed), parsed);
    if (rows.length === 0) throw new DataError(`${WHERE}: no rows of \`${parsed.path}\` are left.`);
    const { expectLabels, task, numOutputs, preprocessor, fitPreprocessor } = parsed;
    const outputs = expectLabels ? numOutputs : 0;
    const y = expectLabels ? columns(rows, 0, outputs) : null;
    const yLabels = y && task === 'classification' ? labelsIn(y) : null;
    super({ X: columns(rows, outputs), y, yLabels, preprocessor, fitPreprocessor });
    this.chosen = parsed;
  }

  override getConfig(): CSVDatasetOptions {
    return { ...this.chosen };
  }
}

/** How many classes labels from 0 on are of. */
function labelsIn({ data }: NdArray): number {
  let largest = 0;
  for (const label of data) largest = Math.max(largest, Math.floor(Number(label)));
  return largest + 1;
}
