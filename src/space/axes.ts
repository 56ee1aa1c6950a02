/** @file Names of the axes of a batch of images, and how they are moved. */
import { z } from 'zod';
import type { tf } from '../engine';

/** 'b' examples, 0 rows, 1 columns, 'c' channels. */
export type Axis = 'b' | 0 | 1 | 'c';

/** The usual order of the axes. */
export const defaultAxes: readonly Axis[] = ['b', 0, 1, 'c'];

function isAxes(value: unknown): value is readonly Axis[] {
  return (
    Array.isArray(value) &&
    value.length === defaultAxes.length &&
    defaultAxes.every((axis) => value.includes(axis))
  );
}

/** The zod type of an order of axes. */
export const axesSchema = z.custom<readonly Axis[]>(isAxes, {
  error: "expected the axes 'b', 0, 1, 'c' in some order",
});

/** Whether the two orders are the same once axes of length 1 are left out. */
function sameLayout(images: tf.Tensor, from: readonly Axis[], to: readonly Axis[]): boolean {
  const isLong = (axis: Axis) => images.shape[from.indexOf(axis)] !== 1;
  const [before, after] = [from.filter(isLong), to.filter(isLong)];
  return before.every((axis, i) => axis === after[i]);
}

/**
 * Images with their axes in another order. Nothing is copied when only axes of length 1 move.
 * @param images - Read only.
 * @param from - The order of their axes.
 * @param to - The order wanted.
 * @returns Owned by the caller; the same tensor when the orders are equal.
 */
export function moveAxes(
  images: tf.Tensor4D,
  from: readonly Axis[],
  to: readonly Axis[],
): tf.Tensor4D {
  const permutation = to.map((axis) => from.indexOf(axis));
  if (permutation.every((place, i) => place === i)) return images;
  if (!sameLayout(images, from, to)) return images.transpose(permutation);
  return images.reshape(permutation.map((place) => images.shape[place]) as tf.Tensor4D['shape']);
}
