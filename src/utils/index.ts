/** @file What the library's other rooms share; knows no tensors. Mirrors pylearn2/utils. */
export * as iteration from './iteration';
export * as rng from './rng';
export * as serial from './serial';
export { NdArray } from './nd_array';
export { safeUnion, safeUpdate, safeZip } from './safe';
