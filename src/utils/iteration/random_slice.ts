/**
 * @file Contiguous batches from anywhere. Port of pylearn2/utils/iteration.py
 * (`RandomSliceSubsetIterator`).
 */
import { RandomUniformSubsetIterator } from './random_uniform';
import { sizeError, type Subset, type SubsetOptions } from './subset_iterator';

/** Slices whose start is drawn from all possible starts alike. */
export class RandomSliceSubsetIterator extends RandomUniformSubsetIterator {
  /** @throws OptionError also when a batch would be larger than the dataset. */
  constructor(options: SubsetOptions) {
    super(options, 'random_slice');
    if (this.batchSize > this.datasetSize) {
      const detail = `${this.datasetSize} examples hold no slice of ${this.batchSize}`;
      throw sizeError(this.mode, 'batchSize', detail);
    }
  }

  protected override draw(): Subset {
    const start = this.rng.randint(0, this.datasetSize - this.batchSize + 1);
    return { start, stop: start + this.batchSize };
  }
}
