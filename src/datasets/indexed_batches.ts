/**
 * @file Batches by the numbers of their examples. Where a dataset lies on the device, what is
 * compiled takes its batches there by itself: one call a batch, to which only the numbers travel.
 */
import type { tf } from '../engine';

/**
 * Takes a batch inside a function that may be compiled.
 * @param numbers - int32 [batch]: which examples.
 * @returns A tensor for each source, in the space that was asked for.
 */
export type TakeBatch = (numbers: tf.Tensor1D) => tf.Tensor[];

/** The batches of an iterator, by number. Goes through the same batches as the iterator itself. */
export interface IndexedBatches {
  /** The same function as long as neither the data nor what was asked for changes. */
  readonly take: TakeBatch;
  /** The examples of the next batch; undefined after the last one. */
  next(): Int32Array | undefined;
}
