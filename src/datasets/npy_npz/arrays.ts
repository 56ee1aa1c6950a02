/** @file Arrays from NumPy's files as what a dataset is made of. */
import { DataError } from '../../utils/errors';
import { NdArray } from '../../utils/nd_array';
import type { DenseDesignMatrixOptions } from '../dense_design_matrix';

/** A matrix is features; what has more axes is images, [examples, rows, columns, channels]. */
export function featuresOf(array: NdArray): Pick<DenseDesignMatrixOptions, 'X' | 'topoView'> {
  return array.shape.length === 2 ? { X: array } : { topoView: array };
}

/** @throws {@link DataError} unless what a file holds, or something in it, is an array. */
export function expectArray(where: string, what: string, value: unknown): NdArray {
  if (value instanceof NdArray) return value;
  throw new DataError(`${where}: expected ${what} to be an array.`);
}
