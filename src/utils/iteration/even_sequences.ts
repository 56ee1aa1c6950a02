/**
 * @file Batches of sequences of one length. Port of pylearn2/utils/iteration.py
 * (`EvenSequencesSubsetIterator`).
 */
import { makeRng } from '../rng';
import { checkSizes, sizeError, type Subset, SubsetIterator } from './subset_iterator';
import type { SubsetOptions } from './subset_iterator';

/** All sequences once, in batches of equal length; the last batch of each length may be short. */
export class EvenSequencesSubsetIterator extends SubsetIterator {
  private readonly batches: Iterator<Int32Array>;

  /** @throws OptionError without a batch size, or when a number of batches is given. */
  constructor(options: SubsetOptions) {
    const mode = 'even_sequences';
    checkSizes(mode, options);
    const { batchSize, numBatches, lengths = [] } = options;
    if (!batchSize) throw sizeError(mode, 'batchSize', 'this mode needs it');
    if (numBatches) throw sizeError(mode, 'numBatches', 'it follows from the lengths here');
    const batches = [...roundRobin(shuffledByLength(lengths, options.rng), batchSize)];
    super(mode, lengths.length, { batchSize, numBatches: batches.length });
    this.batches = batches.values();
  }

  override get numExamples(): number {
    return this.datasetSize;
  }

  override get uneven(): boolean {
    return this.batchSize * this.numBatches > this.datasetSize;
  }

  protected override advance(): Subset | undefined {
    return this.batches.next().value as Int32Array | undefined;
  }
}

/** The numbers of the sequences, by length: the lengths and the sequences of each are shuffled. */
function shuffledByLength(lengths: readonly number[], seed: SubsetOptions['rng']): Int32Array[] {
  const rng = makeRng(seed);
  const distinct = [...new Set(lengths)].sort((a, b) => a - b);
  return rng.permutation(distinct).map((length) => {
    const members = lengths.flatMap((other, i) => (other === length ? [i] : []));
    return Int32Array.from(rng.permutation(members));
  });
}

/** A batch of each group in turn until all are used up. */
function* roundRobin(groups: Int32Array[], batchSize: number): Generator<Int32Array> {
  const longest = Math.max(0, ...groups.map((group) => group.length));
  for (let start = 0; start < longest; start += batchSize) {
    for (const group of groups) {
      if (start < group.length) yield group.subarray(start, start + batchSize);
    }
  }
}
