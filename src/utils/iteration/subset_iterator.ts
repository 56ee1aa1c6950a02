/** @file What all orders have in common. Port of pylearn2/utils/iteration.py (`SubsetIterator`). */
import { show } from '../errors';
import { OptionError } from '../options';
import type { RandomState, Seed } from '../rng';
import type { IterationMode } from './modes';

/** Which examples make up a batch: from `start` up to, not including, `stop`; or these ones. */
export type Subset = { readonly start: number; readonly stop: number } | Int32Array;

/** What an order is made from. */
export interface SubsetOptions {
  /** Examples in the dataset. */
  datasetSize: number;
  /** Examples in a batch. */
  batchSize?: number | null;
  /** How many batches. */
  numBatches?: number | null;
  /** Generator, advanced by the draws, or seed; 42 unless given. Only for modes that draw. */
  rng?: RandomState | Seed | null;
  /** Length of each sequence; only for 'even_sequences'. */
  lengths?: readonly number[];
}

/** The sizes that a mode settles on. */
export interface BatchSizes {
  batchSize: number;
  numBatches: number;
}

/** How many examples a subset holds. */
export function subsetSize(subset: Subset): number {
  return subset instanceof Int32Array ? subset.length : subset.stop - subset.start;
}

/** The error for sizes with which a mode cannot go through a dataset. */
export function sizeError(mode: IterationMode, option: string, detail: string): OptionError {
  const issue = { option, path: '', problem: 'invalid', detail } as const;
  return new OptionError(`utils.iteration.${mode}`, [issue], ['batchSize', 'numBatches', 'rng']);
}

/** @throws OptionError when a size is given that is not a whole number above 0. */
export function checkSizes(mode: IterationMode, options: SubsetOptions): void {
  for (const option of ['batchSize', 'numBatches'] as const) {
    const size = options[option] ?? null;
    if (size !== null && !(Number.isInteger(size) && size > 0)) {
      throw sizeError(mode, option, `expected an integer above 0, received ${show(size)}`);
    }
  }
}

/** The subsets of a dataset that make up its batches, in order. Can be gone through once. */
export abstract class SubsetIterator implements IterableIterator<Subset> {
  readonly batchSize: number;
  readonly numBatches: number;

  constructor(
    readonly mode: IterationMode,
    readonly datasetSize: number,
    sizes: BatchSizes,
  ) {
    ({ batchSize: this.batchSize, numBatches: this.numBatches } = sizes);
  }

  /** Examples in all batches together. */
  get numExamples(): number {
    return this.batchSize * this.numBatches;
  }

  /** Whether a batch may hold fewer examples than `batchSize`. */
  get uneven(): boolean {
    return false;
  }

  /** The next subset; undefined when there is none left. */
  protected abstract advance(): Subset | undefined;

  next(): IteratorResult<Subset, undefined> {
    const value = this.advance();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
