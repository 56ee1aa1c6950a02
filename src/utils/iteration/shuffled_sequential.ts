/**
 * @file All examples once, in random order. Port of pylearn2/utils/iteration.py
 * (`ShuffledSequentialSubsetIterator`).
 */
import { makeRng } from '../rng';
import { SequentialSubsetIterator } from './sequential';
import type { Subset, SubsetOptions } from './subset_iterator';

/** Shuffles the examples once, then goes through them in sequence. */
export class ShuffledSequentialSubsetIterator extends SequentialSubsetIterator {
  private readonly order: Int32Array;

  constructor({ rng, ...options }: SubsetOptions) {
    super(options, 'shuffled_sequential');
    this.order = makeRng(rng).permutation(options.datasetSize);
  }

  protected override advance(): Subset | undefined {
    const places = super.advance() as { start: number; stop: number } | undefined;
    return places && this.order.subarray(places.start, places.stop);
  }
}
