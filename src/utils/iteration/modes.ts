/** @file The orders in which datasets are gone through. Names from pylearn2/utils/iteration.py. */

/** All of them; see {@link IterationMode}. */
export const iterationModes = [
  'sequential',
  'shuffled_sequential',
  'batchwise_shuffled_sequential',
  'random_slice',
  'random_uniform',
  'even_sequential',
  'even_shuffled_sequential',
  'even_batchwise_shuffled_sequential',
  'even_sequences',
] as const;

/** One order of going through a dataset. */
export type IterationMode = (typeof iterationModes)[number];

/** Whether a mode draws its order at random, so that it takes a source of randomness. */
export function isStochastic(mode: IterationMode): boolean {
  return !['sequential', 'even_sequential'].includes(mode);
}

/** Whether a mode gives batches of exactly the size asked for. */
export function hasUniformBatchSize(mode: IterationMode): boolean {
  return ['random_slice', 'random_uniform'].includes(mode) || /^even_(?!sequences)/.test(mode);
}
