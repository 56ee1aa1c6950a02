/**
 * @file Examples drawn with replacement. Port of pylearn2/utils/iteration.py
 * (`RandomUniformSubsetIterator`).
 */
import { makeRng, type RandomState } from '../rng';
import type { IterationMode } from './modes';
import {
  type BatchSizes,
  checkSizes,
  sizeError,
  type Subset,
  SubsetIterator,
  type SubsetOptions,
} from './subset_iterator';

function randomSizes(mode: IterationMode, options: SubsetOptions): BatchSizes {
  checkSizes(mode, options);
  const { batchSize, numBatches } = options;
  if (!batchSize) throw sizeError(mode, 'batchSize', 'this mode needs it');
  if (!numBatches) throw sizeError(mode, 'numBatches', 'this mode needs it');
  return { batchSize, numBatches };
}

/** Every example of every batch is drawn from all examples alike. */
export class RandomUniformSubsetIterator extends SubsetIterator {
  protected readonly rng: RandomState;
  private given = 0;

  constructor(options: SubsetOptions, mode: IterationMode = 'random_uniform') {
    super(mode, options.datasetSize, randomSizes(mode, options));
    this.rng = makeRng(options.rng);
  }

  protected override advance(): Subset | undefined {
    return this.given++ < this.numBatches ? this.draw() : undefined;
  }

  protected draw(): Subset {
    return this.rng.randint(0, this.datasetSize, this.batchSize);
  }
}
