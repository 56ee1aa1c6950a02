/**
 * @file Batches by the numbers of their examples. Where a dataset lies on the device, what is
 * compiled takes its batches there by itself: one call a batch, to which only the numbers travel.
 */
import { tf } from '../engine';

/** Takes a batch inside a function that may be compiled. */
export interface TakeBatch {
  /**
   * @param numbers - int32 [batch]: which examples.
   * @returns A tensor for each source, in the space that was asked for.
   */
  (numbers: tf.Tensor1D): tf.Tensor[];
  /** The same for `count` examples side by side from `first` on, which need not be copied. */
  inOrder?(first: tf.Scalar, count: number): tf.Tensor[];
}

/** The batches of an iterator, by number. Goes through the same batches as the iterator itself. */
export interface IndexedBatches {
  /** The same function as long as neither the data nor what was asked for changes. */
  readonly take: TakeBatch;
  /** The examples of the next batch; undefined after the last one. */
  next(): Int32Array | undefined;
}

/** Takes several batches at a time, as long as they are of one size. */
export class BatchGroups {
  private ahead?: Int32Array;

  constructor(private readonly batches: IndexedBatches) {}

  /** How the batches are taken. */
  get take(): TakeBatch {
    return this.batches.take;
  }

  /**
   * @param limit - Takes at most so many batches, and at least one.
   * @returns int32 [batches, batch], owned by the caller; undefined after the last batch.
   */
  next(limit: number): tf.Tensor2D | undefined {
    const rows = this.nextRows(limit);
    return rows && stackRows(rows);
  }

  /** The same as they are: a row for each batch. */
  nextRows(limit: number): Int32Array[] | undefined {
    const first = this.ahead ?? this.batches.next();
    this.ahead = undefined;
    if (!first) return undefined;
    const rows = [first];
    while (rows.length < limit) {
      const row = this.batches.next();
      if (row && row.length !== first.length) this.ahead = row;
      if (row?.length !== first.length) break;
      rows.push(row);
    }
    return rows;
  }
}

/** Whether the examples of each batch lie side by side. */
export function areInOrder(rows: readonly Int32Array[]): boolean {
  return rows.every((row) => row.every((number, i) => number === row[0] + i));
}

/** Rows of numbers as a tensor, owned by the caller. */
export function stackRows(rows: readonly Int32Array[]): tf.Tensor2D {
  const [{ length }] = rows;
  const all = new Int32Array(rows.length * length);
  rows.forEach((row, i) => all.set(row, i * length));
  return tf.tensor2d(all, [rows.length, length], 'int32');
}
