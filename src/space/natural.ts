/**
 * @file Images as the engine likes them. A layer reports its images in the axes that Pylearn2's
 * has, but the engine works on [examples, rows, columns, channels]. So the one layout remembers the
 * other, and who wants the engine's gets it without moving the numbers back and forth; in a compiled
 * function the layout that nobody uses is never made.
 */
import type { tf } from '../engine';
import { type Axis, defaultAxes, moveAxes } from './axes';

interface Origin {
  images: tf.Tensor4D;
  axes: readonly Axis[];
}

/** Keyed by the images in other axes, it keeps nothing alive. */
const origins = new WeakMap<tf.Tensor, Origin>();

function originOf(images: tf.Tensor): Origin | undefined {
  const origin = origins.get(images);
  return origin?.images.isDisposed ? undefined : origin;
}

/**
 * Lays images out in some axes and remembers where they come from.
 * @param images - [examples, rows, columns, channels], read only.
 * @returns Owned by the caller; the same tensor when the axes are these.
 */
export function fromNatural(images: tf.Tensor4D, axes: readonly Axis[]): tf.Tensor4D {
  const moved = moveAxes(images, defaultAxes, axes);
  if (moved !== images) origins.set(moved, { images, axes });
  return moved;
}

/**
 * Images as [examples, rows, columns, channels].
 * @param images - In the given axes, read only.
 * @returns What they were made from if that is still there; it is not the caller's to dispose of.
 */
export function toNatural(images: tf.Tensor4D, axes: readonly Axis[]): tf.Tensor4D {
  return originOf(images)?.images ?? moveAxes(images, axes, defaultAxes);
}

/**
 * Applies a function of each element on whichever layout the engine likes.
 * @param batch - Anything; images that come from a layer are not moved twice.
 * @param f - Gives a tensor of the shape that it takes.
 */
export function elementwise(batch: tf.Tensor, f: (values: tf.Tensor) => tf.Tensor): tf.Tensor {
  const origin = originOf(batch);
  if (!origin) return f(batch);
  return fromNatural(f(origin.images) as tf.Tensor4D, origin.axes);
}
