/** @file A dataset of vectors, sequential batches only, for tests of what goes through datasets. */
import { Dataset, type DatasetIterator, type IteratorOptions } from '../../src/datasets';
import { tf } from '../../src/engine';

/** Examples are the rows of `features` ([n, dim]); batches are gathered from them in order. */
export class TinyDataset extends Dataset {
  /** How often an iterator was taken and used. */
  passes = 0;

  constructor(readonly features: readonly (readonly number[])[]) {
    super();
  }

  override getNumExamples(): number {
    return this.features.length;
  }

  override dispose(): void {}

  override iterator({ batchSize, numBatches, mode }: IteratorOptions): DatasetIterator {
    const total = this.features.length;
    const size = batchSize ?? Math.ceil(total / (numBatches ?? 1));
    const count = Math.min(numBatches ?? Infinity, Math.ceil(total / size));
    const used = Math.min(total, size * count);
    const batches = this.batches(size, used);
    return Object.assign(batches, {
      numExamples: used,
      numBatches: count,
      batchSize: size,
      uneven: used % size !== 0,
      stochastic: mode !== 'sequential',
    });
  }

  private *batches(size: number, used: number): Generator<tf.Tensor[], void> {
    this.passes += 1;
    for (let start = 0; start < used; start += size) {
      const rows = this.features.slice(start, Math.min(start + size, used));
      yield [tf.tensor2d(rows as number[][])];
    }
  }
}
