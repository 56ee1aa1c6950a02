import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../src/engine';
import { compiledCall } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

type Strides = [number, number];
type Border = 'valid' | 'same';

/** Rows and columns of images and kernels, strides; most leave a single output in a row or column. */
const settings: { image: Strides; kernel: Strides; strides: Strides }[] = [
  { image: [3, 3], kernel: [1, 2], strides: [1, 2] },
  { image: [3, 3], kernel: [2, 3], strides: [1, 9] },
  { image: [6, 3], kernel: [5, 1], strides: [2, 1] },
  { image: [5, 5], kernel: [5, 5], strides: [2, 2] },
  { image: [6, 8], kernel: [3, 5], strides: [9, 2] },
  { image: [7, 6], kernel: [3, 2], strides: [2, 3] },
];

/** The same by the definition: with stride 1, of which every so manieth is taken. */
function byDefinition(x: tf.Tensor4D, filter: tf.Tensor4D, strides: Strides, border: Border) {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, 1, border);
  const { top, bottom, left, right } = info.padInfo;
  const padded = x.pad([[0, 0], [top, bottom], [left, right], [0, 0]]) as tf.Tensor4D; // prettier-ignore
  const numbers = (count: number, stride: number) =>
    tf.tensor1d(Array.from({ length: count }, (_, i) => i * stride), 'int32'); // prettier-ignore
  return tf
    .conv2d(padded, filter, 1, 'valid')
    .gather(numbers(info.outHeight, strides[0]), 1)
    .gather(numbers(info.outWidth, strides[1]), 2);
}

type Convolve = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;

/** Outputs, and the slopes of their weighted sum by images and kernels. */
function all(convolve: Convolve, x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor[] {
  const y = convolve(x, filter);
  const weights = tf.range(1, y.size + 1).reshape(y.shape);
  const cost = (a: tf.Tensor, b: tf.Tensor) =>
    convolve(a as tf.Tensor4D, b as tf.Tensor4D)
      .mul(weights)
      .sum() as tf.Scalar;
  return [y, ...tf.grads(cost)([x, filter])];
}

describe('engine/conv2d', () => {
  for (const { image, kernel, strides } of settings) {
    for (const border of ['valid', 'same'] as const) {
      const name = `[${image}], kernels [${kernel}], strides [${strides}], ${border}`;
      it(`is right, with its slopes, op by op and compiled: ${name}`, () => {
        for (const channels of [1, 3]) {
          const x = tf.randomNormal([2, ...image, channels], 0, 1, 'float32', 3) as tf.Tensor4D;
          const filter = tf.randomNormal(
            [...kernel, channels, 4],
            0,
            1,
            'float32',
            4,
          ) as tf.Tensor4D;
          const plain: Convolve = (a, b) => tf.conv2d(a, b, strides, border);
          const wanted = all((a, b) => byDefinition(a, b, strides, border), x, filter);
          const f = makeFunction((a: tf.Tensor4D, b: tf.Tensor4D) => ({
            outputs: all(plain, a, b),
          }));
          const compiled = compiledCall(() => f(x, filter));
          all(plain, x, filter).forEach((one, i) => {
            assert.deepEqual(one.shape, wanted[i].shape);
            expectClose(one, wanted[i], 1e-3);
            expectClose(compiled[i], wanted[i], 1e-3);
          });
        }
      });
    }
  }

  it('leaves only what it gives', () => {
    const x = tf.ones([2, 3, 3, 1]) as tf.Tensor4D;
    const filter = tf.ones([1, 2, 1, 4]) as tf.Tensor4D;
    leaves(1, () => tf.conv2d(x, filter, [1, 2], 'valid')).dispose();
  });
});
