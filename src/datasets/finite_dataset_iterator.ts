/** @file Batches of a dataset that is held whole. Port of pylearn2/utils/iteration.py (`FiniteDatasetIterator`). */
import { takeRows, tf } from '../engine';
import { isStochastic, type Subset, type SubsetIterator } from '../utils/iteration';
import type { DatasetIterator } from './dataset';
import type { IndexedBatches, TakeBatch } from './indexed_batches';

/** One source of a dataset, and how its batches are laid out for who asked. */
export interface BatchSource {
  /** All examples along the first axis; owned by the dataset. */
  data: tf.Tensor;
  /** Gives the rows of a batch in the asked space; runs in a tidy. */
  format(rows: tf.Tensor): tf.Tensor;
}

/** The rows of a subset, by slice where they lie side by side, else by gathering. */
function picker(subset: Subset): (data: tf.Tensor) => tf.Tensor {
  if (subset instanceof Int32Array) {
    const indices = tf.tensor1d(subset, 'int32');
    return (data) => data.gather(indices);
  }
  const { start, stop } = subset;
  return (data) => {
    const rest = data.shape.slice(1);
    return data.slice([start, ...rest.map(() => 0)], [stop - start, ...rest]);
  };
}

/** The numbers of the examples. */
function numbersOf(subset: Subset): Int32Array {
  if (subset instanceof Int32Array) return subset;
  const { start, stop } = subset;
  return Int32Array.from({ length: stop - start }, (_, i) => start + i);
}

/** How the batches of some sources are taken by number. */
export function takerOf(sources: readonly BatchSource[]): TakeBatch {
  const take = (rowsOf: (data: tf.Tensor) => tf.Tensor) =>
    sources.map(({ data, format }) => format(rowsOf(data)));
  return Object.assign((numbers: tf.Tensor1D) => take((data) => data.gather(numbers)), {
    inOrder: (first: tf.Scalar, count: number) => take((data) => takeRows(data, first, count)),
  });
}

/** Takes one subset after the other from all sources. */
export class FiniteDatasetIterator implements DatasetIterator {
  readonly numExamples: number;
  readonly numBatches: number;
  readonly batchSize: number;
  readonly uneven: boolean;
  readonly stochastic: boolean;

  /**
   * @param subsets - Which examples are in which batch.
   * @param sources - What is taken of them.
   * @param take - The same by number; to be given where it was made before, and is known.
   */
  constructor(
    private readonly subsets: SubsetIterator,
    private readonly sources: readonly BatchSource[],
    private readonly take: TakeBatch = takerOf(sources),
  ) {
    ({
      numExamples: this.numExamples,
      numBatches: this.numBatches,
      batchSize: this.batchSize,
      uneven: this.uneven,
    } = subsets);
    this.stochastic = isStochastic(subsets.mode);
  }

  next(): IteratorResult<tf.Tensor[], undefined> {
    const { done, value: subset } = this.subsets.next();
    if (done) return { done: true, value: undefined };
    const value = tf.tidy(() => {
      const rows = picker(subset);
      return this.sources.map(({ data, format }) => format(rows(data)));
    });
    return { done: false, value };
  }

  /** Missing where somebody gives batches of his own in `next`. */
  get indexed(): IndexedBatches | undefined {
    if (this.next !== FiniteDatasetIterator.prototype.next) return undefined;
    const next = () => {
      const { done, value } = this.subsets.next();
      return done ? undefined : numbersOf(value);
    };
    return { take: this.take, next };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
