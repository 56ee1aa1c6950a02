/** @file Batches of a dataset that is held whole. Port of pylearn2/utils/iteration.py (`FiniteDatasetIterator`). */
import { tf } from '../engine';
import { isStochastic, type Subset, type SubsetIterator } from '../utils/iteration';
import type { DatasetIterator } from './dataset';

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

/** Takes one subset after the other from all sources. */
export class FiniteDatasetIterator implements DatasetIterator {
  readonly numExamples: number;
  readonly numBatches: number;
  readonly batchSize: number;
  readonly uneven: boolean;
  readonly stochastic: boolean;

  constructor(
    private readonly subsets: SubsetIterator,
    private readonly sources: readonly BatchSource[],
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

  [Symbol.iterator](): this {
    return this;
  }
}
