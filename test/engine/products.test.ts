import assert from 'node:assert/strict';
import { config } from '../../src/namespace';
import { function as makeFunction, grad, sharedX, tf } from '../../src/engine';
import { compiling } from '../support/compiled';
import { leaves } from '../support/expect';

/** Runs `f` with products of reduced precision. */
function reduced<T>(f: () => T): T {
  const before = config.setProducts('bfloat16');
  try {
    return f();
  } finally {
    config.setProducts(before);
  }
}

const uniform = (shape: number[], seed: number) =>
  tf.randomUniform(shape, 0.5, 1.5, 'float32', seed);

/** Value and gradient of a product and a convolution, in a function that takes images. */
function network() {
  const kernel = sharedX(uniform([3, 3, 2, 4], 1), 'kernel');
  const weights = sharedX(uniform([64, 5], 2), 'weights');
  return makeFunction((images: tf.Tensor) => {
    const value = () => {
      const filters = kernel as unknown as tf.Tensor4D;
      const maps = tf.conv2d(images as tf.Tensor4D, filters, 1, 'valid');
      return maps.reshape([-1, 64]).dot(weights).mean() as tf.Scalar;
    };
    const { value: mean, grads } = grad(value, [kernel, weights]);
    return { outputs: [mean, ...grads] };
  });
}

/** The numbers of the second call, which is compiled. */
function numbers(): number[] {
  const call = network();
  const images = uniform([3, 6, 6, 2], 3);
  tf.dispose(call(images));
  return call(images).flatMap((one) => [...one.dataSync()]);
}

describe('engine/products', () => {
  it('rounds factors and products to bfloat16 where asked for, in values and gradients', () =>
    compiling(true, () => {
      const exact = numbers();
      const rough = reduced(numbers);
      assert.notDeepEqual(rough, exact);
      // Three roundings to 8 bits: each at most 1 part in 256, over sums of numbers of one sign.
      rough.forEach((value, i) => assert.ok(Math.abs(value / exact[i] - 1) < 3 / 256, `${i}`));
      assert.deepEqual(numbers(), exact);
    }));

  it('applies to a function that was compiled before, and no longer once taken back', () =>
    compiling(true, () => {
      const w = sharedX(uniform([8, 8], 4), 'w');
      const square = makeFunction((x: tf.Tensor) => ({ outputs: x.dot(w).sum() }));
      const x = uniform([8, 8], 5);
      const call = () => [1, 2].map(() => square(x).dataSync()[0])[1];
      const exact = call();
      assert.notEqual(reduced(call), exact);
      assert.equal(call(), exact);
    }));

  it('leaves no tensor behind', () =>
    compiling(true, () =>
      reduced(() => {
        const call = network();
        const images = uniform([3, 6, 6, 2], 3);
        for (let i = 0; i < 3; i++) leaves(3, () => call(images));
      }),
    ));

  it('knows two precisions', () => {
    assert.throws(
      () => config.setProducts('float16' as 'bfloat16'),
      /config\.setProducts: expected float32 or bfloat16, received "float16"/,
    );
  });
});
