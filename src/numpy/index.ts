/** @file What experiments name of NumPy: the tree under `numpy`. */
export * as random from './random';
