/**
 * @file Only whole batches. Port of pylearn2/utils/iteration.py (`ForcedEvenIterator`, `as_even`).
 * Differs: a dataset too small for one whole batch is refused, not gone through without any.
 */
import type { IterationMode } from './modes';
import {
  type BatchSizes,
  checkSizes,
  sizeError,
  type Subset,
  SubsetIterator,
  type SubsetOptions,
} from './subset_iterator';

function evenSizes(mode: IterationMode, options: SubsetOptions): BatchSizes {
  checkSizes(mode, options);
  const { datasetSize, numBatches } = options;
  if (!options.batchSize && !numBatches) {
    throw sizeError(mode, 'batchSize', 'this or `numBatches` is needed');
  }
  const batchSize = options.batchSize ?? Math.floor(datasetSize / numBatches!);
  const most = Math.floor(datasetSize / batchSize) || 0;
  if (most < (numBatches ?? 1) || batchSize === 0) {
    const detail = `${datasetSize} examples make ${most} whole batches of ${batchSize}`;
    throw sizeError(mode, numBatches ? 'numBatches' : 'batchSize', detail);
  }
  return { batchSize, numBatches: numBatches ?? most };
}

/** Goes through the batches of another order and leaves out those that are not whole. */
export class ForcedEvenIterator extends SubsetIterator {
  private readonly base: SubsetIterator;

  constructor(
    mode: IterationMode,
    options: SubsetOptions,
    makeBase: (options: SubsetOptions) => SubsetIterator,
  ) {
    super(mode, options.datasetSize, evenSizes(mode, options));
    const { batchSize, numBatches } = this;
    this.base = makeBase({ ...options, batchSize, numBatches });
  }

  protected override advance(): Subset | undefined {
    // The sizes leave room for whole batches only, so that none has to be skipped.
    return this.base.next().value;
  }
}
