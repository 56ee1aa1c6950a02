/**
 * @file Pooling of images. Port of `max_pool` and `mean_pool` of pylearn2/models/mlp.py. Differs:
 * the mean of a pool that reaches over the border is taken of the pixels that there are.
 */
import { tf } from '../../engine';

/** Rows and columns. */
export type Size2D = readonly [rows: number, columns: number];

export interface PoolGeometry {
  /** Rows and columns of the output. */
  outputs: Size2D;
  /** Rows and columns that are missing at the bottom and on the right. */
  missing: Size2D;
}

/** Pools along one axis: the last one starts where no pixel is left out. */
function along(length: number, pool: number, stride: number): { outputs: number; missing: number } {
  let last = Math.max(0, Math.ceil((length - pool) / stride));
  if (last > 0 && stride * last >= length) last -= 1;
  return { outputs: last + 1, missing: Math.max(0, stride * last + pool - length) };
}

/** How pools lie on an image: every pixel is covered, so those at the border may be partial. */
export function poolGeometry(image: Size2D, pool: Size2D, stride: Size2D): PoolGeometry {
  const rows = along(image[0], pool[0], stride[0]);
  const columns = along(image[1], pool[1], stride[1]);
  return {
    outputs: [rows.outputs, columns.outputs],
    missing: [rows.missing, columns.missing],
  };
}

function imageSize(images: tf.Tensor4D): Size2D {
  return [images.shape[1], images.shape[2]];
}

/** Adds what is missing at the bottom and on the right. */
function fill(images: tf.Tensor4D, missing: Size2D, value: number): tf.Tensor4D {
  if (missing[0] === 0 && missing[1] === 0) return images;
  const paddings: [number, number][] = [
    [0, 0],
    [0, missing[0]],
    [0, missing[1]],
    [0, 0],
  ];
  return images.pad(paddings, value);
}

/**
 * The largest number in each pool.
 * @param images - [examples, rows, columns, channels], read only.
 * @returns The same order of axes, owned by the caller.
 */
export function maxPool(images: tf.Tensor4D, pool: Size2D, stride: Size2D): tf.Tensor4D {
  const { missing } = poolGeometry(imageSize(images), pool, stride);
  const filled = fill(images, missing, -Infinity);
  return tf.maxPool(filled, [...pool], [...stride], 'valid');
}

/** Pixels of the image in the pools along one axis. */
function covered(length: number, pool: number, stride: number, outputs: number): number[] {
  return Array.from({ length: outputs }, (_, i) => Math.min(pool, length - i * stride));
}

/** For each pool the inverse of the fraction of it that lies on the image, [1, rows, columns, 1]. */
function borderScale(image: Size2D, pool: Size2D, stride: Size2D, outputs: Size2D): tf.Tensor4D {
  const [rows, columns] = ([0, 1] as const).map((axis) =>
    covered(image[axis], pool[axis], stride[axis], outputs[axis]),
  );
  const full = pool[0] * pool[1];
  const scales = rows.flatMap((row) => columns.map((column) => full / (row * column)));
  return tf.tensor4d(scales, [1, rows.length, columns.length, 1]);
}

/** The mean of the numbers in each pool; otherwise like {@link maxPool}. */
export function meanPool(images: tf.Tensor4D, pool: Size2D, stride: Size2D): tf.Tensor4D {
  const image = imageSize(images);
  const { outputs, missing } = poolGeometry(image, pool, stride);
  const means = tf.avgPool(fill(images, missing, 0), [...pool], [...stride], 'valid');
  if (missing[0] === 0 && missing[1] === 0) return means;
  return means.mul(borderScale(image, pool, stride, outputs));
}
