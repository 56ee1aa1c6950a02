/** @file From the order of Fortran and MATLAB, column by column, to ours, row by row. */
import { NdArray, sizeOf, type Nested } from '../../nd_array';

/** The same array when its numbers come column by column. */
export function toRowMajor(array: NdArray): NdArray {
  if (array.shape.length < 2) return array;
  const data = array.data.slice();
  eachRowMajor(array.shape, (from, to) => (data[to] = array.data[from]));
  return new NdArray(data, array.shape, array.dtype);
}

/** Visits a row-major array in order, telling where each item stands in the column-major one. */
export function eachRowMajor(
  shape: readonly number[],
  visit: (from: number, to: number) => void,
): void {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  const count = sizeOf(shape);
  for (let to = 0, from = 0; to < count; to++) {
    visit(from, to);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

/** Lists of lists of items that come row by row. */
export function nest<T>(items: readonly T[], shape: readonly number[]): Nested<T> {
  if (shape.length === 0) return items[0];
  const [count, ...rest] = shape;
  const stride = sizeOf(rest);
  return Array.from({ length: count }, (_, i) =>
    nest(items.slice(i * stride, (i + 1) * stride), rest),
  );
}
