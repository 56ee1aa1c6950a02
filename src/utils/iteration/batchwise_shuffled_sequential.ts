/**
 * @file Contiguous batches in random order. Port of pylearn2/utils/iteration.py
 * (`BatchwiseShuffledSequentialIterator`). Differs: where more batches are asked for than the
 * examples fill, the empty ones are left out.
 */
import { makeRng } from '../rng';
import { sequentialSizes } from './sequential';
import { type Subset, SubsetIterator, type SubsetOptions } from './subset_iterator';

/** Batches as in 'sequential', the short one anywhere among them. */
export class BatchwiseShuffledSequentialIterator extends SubsetIterator {
  private readonly starts: Iterator<number>;

  constructor(options: SubsetOptions) {
    const mode = 'batchwise_shuffled_sequential';
    super(mode, options.datasetSize, sequentialSizes(mode, options));
    const order = makeRng(options.rng).permutation(this.numBatches);
    const starts = order.map((batch) => batch * this.batchSize);
    this.starts = starts.filter((start) => start < this.datasetSize).values();
  }

  override get numExamples(): number {
    return Math.min(this.batchSize * this.numBatches, this.datasetSize);
  }

  override get uneven(): boolean {
    return this.batchSize * this.numBatches > this.datasetSize;
  }

  protected override advance(): Subset | undefined {
    const { done, value: start } = this.starts.next();
    if (done) return undefined;
    return { start, stop: Math.min(start + this.batchSize, this.datasetSize) };
  }
}
