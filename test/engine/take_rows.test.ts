import assert from 'node:assert/strict';
import { function as makeFunction, takeRows, tf } from '../../src/engine';
import { compiling } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

const HEIGHT = 6;

function data(shape: number[], dtype: 'float32' | 'int32'): tf.Tensor {
  return tf.range(0, tf.util.sizeFromShape(shape), 1, dtype).reshape(shape);
}

describe('engine/take_rows', () => {
  for (const dtype of ['float32', 'int32'] as const) {
    for (const rest of [[], [3], [2, 2, 1]]) {
      for (const compiled of [true, false]) {
        it(`takes rows [${[HEIGHT, ...rest]}] of ${dtype}${compiled ? ', compiled' : ''}`, () =>
          compiling(compiled, () => {
            const all = data([HEIGHT, ...rest], dtype);
            const take = makeFunction((first: tf.Scalar) => ({ outputs: takeRows(all, first, 2) }));
            for (const start of [0, 4, 1]) {
              const first = tf.scalar(start, 'int32');
              const taken = leaves(1, () => take(first));
              assert.equal(taken.dtype, dtype);
              assert.deepEqual(taken.shape, [2, ...rest]);
              tf.tidy(() => expectClose(taken, all.slice(start, 2).dataSync(), 0));
              tf.dispose([taken, first]);
            }
            all.dispose();
          }));
      }
    }
  }
});
