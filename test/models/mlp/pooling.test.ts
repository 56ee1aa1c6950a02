import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { maxPool, meanPool, poolGeometry } from '../../../src/models/mlp/pooling';
import { expectClose, leaves } from '../../support/expect';

const along = (length: number, pool: number, stride: number) => {
  const { outputs, missing } = poolGeometry([length, 1], [pool, 1], [stride, 1]);
  return [outputs[0], missing[0]];
};
/** One image of one channel. */
const image = (rows: number[][]) => tf.tensor4d([rows.map((row) => row.map((value) => [value]))]);

describe('models/mlp/pooling', () => {
  it('covers every pixel, with partial pools at the border', () => {
    assert.deepEqual(along(24, 4, 2), [11, 0]);
    assert.deepEqual(along(7, 4, 2), [3, 1]);
    assert.deepEqual(along(4, 4, 2), [1, 0]);
    // Where shape and stride agree: as many as it takes.
    assert.deepEqual(along(5, 2, 2), [3, 1]);
    assert.deepEqual(along(6, 2, 2), [3, 0]);
    // Strides that leave pixels out between the pools, or behind the last one.
    assert.deepEqual(along(7, 1, 3), [3, 0]);
    assert.deepEqual(along(6, 1, 3), [2, 0]);
  });

  it('takes the largest number of what a pool has of the image', () => {
    const pixels = image([
      [-1, -2, -3],
      [-4, -5, -6],
      [-7, -8, -9],
    ]);
    const pooled = leaves(1, () => tf.tidy(() => maxPool(pixels, [2, 2], [2, 2])));
    assert.deepEqual(pooled.shape, [1, 2, 2, 1]);
    expectClose(pooled, [-1, -3, -7, -9]);
    expectClose(maxPool(pixels, [3, 1], [1, 1]), [-1, -2, -3]);
  });

  it('takes the mean of what a pool has of the image', () => {
    const pixels = image([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expectClose(meanPool(pixels, [2, 2], [2, 2]), [3, 4.5, 7.5, 9]);
    expectClose(meanPool(pixels, [2, 2], [1, 1]), [3, 4, 6, 7]);
  });

  it('gives the gradient of a partial pool to the pixels that there are', () => {
    const pixels = image([[1, 2, 3]]);
    const gradient = (pool: typeof maxPool) =>
      tf.grad((x: tf.Tensor) => pool(x as tf.Tensor4D, [1, 2], [1, 2]).sum())(pixels);
    expectClose(gradient(maxPool), [0, 1, 1]);
    expectClose(gradient(meanPool), [0.5, 0.5, 1]);
  });
});
