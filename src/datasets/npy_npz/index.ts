/** @file Datasets in NumPy's files. Mirrors pylearn2/datasets/npy_npz.py. */
export { NpyDataset, type NpyDatasetOptions } from './npy_dataset';
export { NpzDataset, type NpzDatasetOptions } from './npz_dataset';
