/** @file From the name of a mode to its order. Port of pylearn2/utils/iteration.py (`_iteration_schemes`). */
import { show } from '../errors';
import { nearest } from '../match';
import { OptionError } from '../options';
import { BatchwiseShuffledSequentialIterator } from './batchwise_shuffled_sequential';
import { EvenSequencesSubsetIterator } from './even_sequences';
import { ForcedEvenIterator } from './forced_even';
import { type IterationMode, iterationModes } from './modes';
import { RandomSliceSubsetIterator } from './random_slice';
import { RandomUniformSubsetIterator } from './random_uniform';
import { SequentialSubsetIterator } from './sequential';
import { ShuffledSequentialSubsetIterator } from './shuffled_sequential';
import type { SubsetIterator, SubsetOptions } from './subset_iterator';

type Scheme = (options: SubsetOptions) => SubsetIterator;

const sequential: Scheme = (options) => new SequentialSubsetIterator(options);
const shuffled: Scheme = (options) => new ShuffledSequentialSubsetIterator(options);
const batchwise: Scheme = (options) => new BatchwiseShuffledSequentialIterator(options);

function even(mode: IterationMode, base: Scheme): Scheme {
  return (options) => new ForcedEvenIterator(mode, options, base);
}

const schemes: Record<IterationMode, Scheme> = {
  sequential,
  shuffled_sequential: shuffled,
  batchwise_shuffled_sequential: batchwise,
  random_slice: (options) => new RandomSliceSubsetIterator(options),
  random_uniform: (options) => new RandomUniformSubsetIterator(options),
  even_sequential: even('even_sequential', sequential),
  even_shuffled_sequential: even('even_shuffled_sequential', shuffled),
  even_batchwise_shuffled_sequential: even('even_batchwise_shuffled_sequential', batchwise),
  even_sequences: (options) => new EvenSequencesSubsetIterator(options),
};

/** @throws OptionError naming the nearest mode when there is none of that name. */
export function checkMode(mode: string, where: string): asserts mode is IterationMode {
  if ((iterationModes as readonly string[]).includes(mode)) return;
  const close = nearest(String(mode), iterationModes);
  const detail = `expected an iteration mode such as \`${close}\`, received ${show(mode)}`;
  const issue = { option: 'mode', path: '', problem: 'invalid', detail } as const;
  throw new OptionError(where, [issue], ['mode', 'batchSize', 'numBatches', 'rng', 'dataSpecs']);
}

/**
 * Makes the order of a mode.
 * @throws OptionError when there is no such mode or when it cannot be had with these sizes.
 */
export function makeSubsetIterator(mode: IterationMode, options: SubsetOptions): SubsetIterator {
  checkMode(mode, 'utils.iteration');
  return schemes[mode](options);
}
