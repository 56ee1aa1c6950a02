import assert from 'node:assert/strict';
import { eigh, tf } from '../../src/engine';
import { jacobi } from '../../src/engine/jacobi';
import { expectClose, leaves } from '../support/expect';

describe('engine/eigh', () => {
  it('takes a symmetric matrix apart, values ascending', () => {
    const matrix = tf.tensor2d([
      [2, 1, 0],
      [1, 2, 0],
      [0, 0, -1],
    ]);
    const { values, vectors } = leaves(2, () => eigh(matrix));
    expectClose(values, [-1, 1, 3]);
    expectClose(vectors.mul(values).matMul(vectors, false, true), matrix);
    expectClose(vectors.matMul(vectors, true), tf.eye(3));
  });

  it('is the same by Jacobi’s method', () => {
    const size = 12;
    const x = tf.tidy(() =>
      tf
        .linspace(-1, 1, size * 20)
        .mul(9)
        .sin()
        .reshape([20, size]),
    );
    const matrix = tf.matMul<tf.Tensor2D>(x, x, true);
    const [known, own] = [eigh(matrix), jacobi(Float64Array.from(matrix.dataSync()), size)];
    expectClose(own.values, known.values, 1e-4);
    const vectors = tf.tensor2d(Float32Array.from(own.vectors), [size, size]);
    const values = tf.tensor1d(Float32Array.from(own.values));
    expectClose(vectors.mul(values).matMul(vectors, false, true), matrix, 1e-5);
    assert.ok(own.values.every((value, i) => i === 0 || value >= own.values[i - 1]));
  });

  it('knows matrices that are diagonal already', () => {
    const { values, vectors } = jacobi(Float64Array.of(3, 0, 0, 1), 2);
    assert.deepEqual([...values], [1, 3]);
    assert.deepEqual([...vectors], [0, 1, 1, 0]);
  });
});
