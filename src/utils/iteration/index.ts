/** @file Orders of going through a dataset. Door of pylearn2.utils.iteration. */
export { hasUniformBatchSize, type IterationMode, iterationModes, isStochastic } from './modes';
export { type Subset, SubsetIterator, type SubsetOptions, subsetSize } from './subset_iterator';
export { SequentialSubsetIterator } from './sequential';
export { ShuffledSequentialSubsetIterator } from './shuffled_sequential';
export { BatchwiseShuffledSequentialIterator } from './batchwise_shuffled_sequential';
export { RandomUniformSubsetIterator } from './random_uniform';
export { RandomSliceSubsetIterator } from './random_slice';
export { ForcedEvenIterator } from './forced_even';
export { EvenSequencesSubsetIterator } from './even_sequences';
export { checkMode, makeSubsetIterator } from './resolve';
