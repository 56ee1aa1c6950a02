/** @file Datasets. Door of pylearn2.datasets. */
export { Dataset, type DatasetIterator, type IteratorOptions } from './dataset';
export {
  hasUniformBatchSize,
  type IterationMode,
  iterationModes,
  isStochastic,
} from './iteration_mode';
export { type BatchSource, FiniteDatasetIterator } from './finite_dataset_iterator';
export {
  areInOrder,
  BatchGroups,
  type IndexedBatches,
  stackRows,
  type TakeBatch,
} from './indexed_batches';
export * as binarizer from './binarizer';
export * as transformer_dataset from './transformer_dataset';
export * as control from './control';
export * as cifar10 from './cifar10';
export * as csv_dataset from './csv_dataset';
export * as npy_npz from './npy_npz';
export * as preprocessing from './preprocessing';
export * as dense_design_matrix from './dense_design_matrix';
export {
  type Axis,
  DefaultViewConverter,
  type DefaultViewConverterOptions,
  DenseDesignMatrix,
  type DenseDesignMatrixOptions,
  type DenseIteratorOptions,
  type HoldoutOptions,
  type Numbers,
  type ViewConverter,
} from './dense_design_matrix';
export * as mnist from './mnist';
export { fetchMnist, type FetchMnistOptions, MNIST, type MNISTOptions } from './mnist';
export * as synthetic_digits from './synthetic_digits';
export { type Digits, syntheticDigits, type SyntheticDigitsOptions } from './synthetic_digits';
