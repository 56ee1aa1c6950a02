import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { type BorderMode, convolve, convolvedSize } from '../../../src/models/mlp/convolution';
import { expectClose } from '../../support/expect';

/** The sum that defines a convolution, written out; zero outside of the image. */
function byHand(
  images: tf.Tensor4D,
  kernels: tf.Tensor4D,
  stride: number[],
  mode: BorderMode,
): number[] {
  const [batch, rows, columns, inputs] = images.shape;
  const [outputs, , kernelRows, kernelColumns] = kernels.shape;
  const [x, w] = [images.arraySync(), kernels.arraySync()];
  const size = convolvedSize(
    [rows, columns],
    [kernelRows, kernelColumns],
    [stride[0], stride[1]],
    mode,
  );
  // In mode 'valid' the first output is where the kernel's last pixel lies inside.
  const first = mode === 'valid' ? [kernelRows - 1, kernelColumns - 1] : [0, 0];
  const results: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < size[0]; i++)
      for (let j = 0; j < size[1]; j++)
        for (let out = 0; out < outputs; out++) {
          let sum = 0;
          for (let c = 0; c < inputs; c++)
            for (let u = 0; u < kernelRows; u++)
              for (let v = 0; v < kernelColumns; v++) {
                const [row, column] = [first[0] + i * stride[0] - u, first[1] + j * stride[1] - v];
                sum += (x[b][row]?.[column]?.[c] ?? 0) * w[out][c][u][v];
              }
          results.push(sum);
        }
  return results;
}

describe('models/mlp/convolution', () => {
  it('is the true convolution: a single pixel gives the kernel as it is', () => {
    const images = tf.tensor4d([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 3, 3, 1]);
    const kernels = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    expectClose(convolve(images, kernels, [1, 1], 'valid'), [1, 2, 3, 4]);
    expectClose(convolve(tf.ones([1, 1, 1, 1]), kernels, [1, 1], 'full'), [1, 2, 3, 4]);
  });

  it('sums over kernels and input channels, for any stride and border mode', () => {
    const images = tf.randomNormal<tf.Rank.R4>([2, 6, 5, 3]);
    const kernels = tf.randomNormal<tf.Rank.R4>([4, 3, 3, 2]);
    for (const mode of ['valid', 'full'] as const) {
      for (const stride of [
        [1, 1],
        [2, 1],
        [2, 3],
      ] as const) {
        const result = convolve(images, kernels, stride, mode);
        assert.deepEqual(result.shape.slice(1, 3), convolvedSize([6, 5], [3, 2], stride, mode));
        expectClose(result, byHand(images, kernels, [...stride], mode));
      }
    }
  });

  it('leaves out what a stride does not reach, of small images and kernels of any shape', () => {
    for (const inputs of [1, 2]) {
      const images = tf.randomNormal<tf.Rank.R4>([3, 6, 4, inputs]);
      for (const [rows, columns] of [
        [1, 1],
        [1, 3],
        [2, 3],
        [3, 3],
      ]) {
        // prettier-ignore
        const kernels = tf.randomNormal<tf.Rank.R4>([2, inputs, rows, columns]);
        for (const stride of [
          [1, 2],
          [2, 1],
          [3, 2],
        ] as const) {
          // prettier-ignore
          const result = convolve(images, kernels, stride, 'valid');
          expectClose(result, byHand(images, kernels, [...stride], 'valid'));
        }
      }
    }
  });

  it('has the sizes of the original', () => {
    assert.deepEqual(convolvedSize([28, 28], [5, 5], [1, 1], 'valid'), [24, 24]);
    assert.deepEqual(convolvedSize([28, 27], [5, 4], [2, 3], 'valid'), [12, 8]);
    assert.deepEqual(convolvedSize([28, 28], [5, 5], [1, 1], 'full'), [32, 32]);
  });
});
