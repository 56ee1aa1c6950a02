/** @file In the dataset's own order. Port of pylearn2/utils/iteration.py (`SequentialSubsetIterator`). */
import type { IterationMode } from './modes';
import {
  type BatchSizes,
  checkSizes,
  sizeError,
  type Subset,
  SubsetIterator,
  type SubsetOptions,
} from './subset_iterator';

/**
 * The sizes of the sequential modes. One of the two may be left out: of batches alone, they share
 * the examples out, rounded up; of a batch size alone, there are as many as hold all examples.
 * @throws OptionError when both are missing, or when more batches are asked for than there are.
 */
export function sequentialSizes(mode: IterationMode, options: SubsetOptions): BatchSizes {
  checkSizes(mode, options);
  const { datasetSize, batchSize, numBatches } = options;
  if (!batchSize) {
    if (!numBatches) throw sizeError(mode, 'batchSize', 'this or `numBatches` is needed');
    return { batchSize: Math.ceil(datasetSize / numBatches), numBatches };
  }
  const most = Math.ceil(datasetSize / batchSize);
  if (numBatches && numBatches > most) {
    const detail = `${datasetSize} examples make ${most} batches of ${batchSize}`;
    throw sizeError(mode, 'numBatches', `${detail}, ${numBatches} were asked for`);
  }
  return { batchSize, numBatches: numBatches ?? most };
}

/** Batches one after the other; the last one may be short. */
export class SequentialSubsetIterator extends SubsetIterator {
  private position = 0;
  private given = 0;

  /** @throws OptionError also when `rng` is given: nothing is drawn here. */
  constructor(options: SubsetOptions, mode: IterationMode = 'sequential') {
    super(mode, options.datasetSize, sequentialSizes(mode, options));
    if (options.rng !== undefined && options.rng !== null) {
      throw sizeError(mode, 'rng', 'nothing is drawn at random in this mode');
    }
  }

  override get numExamples(): number {
    return Math.min(this.batchSize * this.numBatches, this.datasetSize);
  }

  override get uneven(): boolean {
    return this.batchSize * this.numBatches > this.datasetSize;
  }

  protected override advance(): Subset | undefined {
    if (this.given >= this.numBatches || this.position >= this.datasetSize) return undefined;
    const start = this.position;
    this.position = Math.min(start + this.batchSize, this.datasetSize);
    this.given++;
    return { start, stop: this.position };
  }
}
