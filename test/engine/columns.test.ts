import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../src/engine';
import { compiledCall, opsOf } from '../support/compiled';
import { expectClose } from '../support/expect';

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const REDUCTIONS: Record<string, { reduce: Reduce; of: (column: number[]) => number }> = {
  sum: { reduce: tf.sum, of: (column) => column.reduce((a, b) => a + b) },
  mean: { reduce: tf.mean, of: (column) => column.reduce((a, b) => a + b) / column.length },
  max: { reduce: tf.max, of: (column) => Math.max(...column) },
  min: { reduce: tf.min, of: (column) => Math.min(...column) },
};

describe('engine/columns', () => {
  for (const [name, { reduce, of }] of Object.entries(REDUCTIONS)) {
    for (const shape of [
      [1, 1],
      [7, 3],
      [100, 17],
      // Shared out, with parts left over of rows, of strips and of a thread's columns.
      [103, 2077],
      [50, 6, 5, 64],
    ]) {
      it(`takes the ${name} along the first axis of [${shape}]`, () => {
        const x = tf.randomUniform(shape, -1, 1, 'float32', 3);
        const rows = x.reshape([shape[0], -1]).arraySync() as number[][];
        const wanted = rows[0].map((_, j) => of(rows.map((row) => row[j])));
        const { result, ops } = opsOf(() => reduce(x, 0));
        assert.deepEqual(ops, ['Tslearn2Columns']);
        assert.deepEqual(result.shape, shape.slice(1));
        expectClose(result, wanted, 1e-5);
        assert.deepEqual(reduce(x, [0], true).shape, [1, ...shape.slice(1)]);
      });
    }

    it(`gives the same ${name} compiled`, () => {
      const x = tf.randomUniform([103, 2077], -1, 1, 'float32', 3);
      const f = makeFunction((given: tf.Tensor) => ({ outputs: reduce(given, 0) }));
      assert.deepEqual(compiledCall(() => f(x)).dataSync(), reduce(x, 0).dataSync());
    });

    it(`gives a ${name} that is not a number where one of the numbers is not`, () => {
      for (const row of [0, 5, 8]) {
        const x = tf.buffer([9, 40]);
        x.set(NaN, row, 11);
        const reduced = [...reduce(x.toTensor(), 0).dataSync()];
        assert.deepEqual(
          reduced,
          reduced.map((_, j) => (j === 11 ? NaN : 0)),
        );
      }
    });
  }

  it('has the gradients of sums, means and extremes', () => {
    const x = tf.tensor2d([
      [1, 5],
      [3, 2],
    ]);
    const slopes = (reduce: Reduce) => tf.grad((given) => reduce(given, 0))(x, tf.tensor1d([2, 8]));
    expectClose(slopes(tf.sum), [2, 8, 2, 8]);
    expectClose(slopes(tf.mean), [1, 4, 1, 4]);
    expectClose(slopes(tf.max), [0, 8, 2, 0]);
    expectClose(slopes(tf.min), [2, 0, 0, 8]);
  });

  it('leaves other axes, dtypes, vectors and empty tensors to TensorFlow', () => {
    const x = tf.ones([4, 3]);
    for (const [given, axis] of [
      [x, 1],
      [x, [0, 1]],
      [tf.ones([4, 3], 'int32'), 0],
      [tf.ones([4]), 0],
      [tf.ones([0, 3]), 0],
    ] as const) {
      const { result, ops } = opsOf(() => tf.sum(given, axis as number));
      assert.ok(!ops.includes('Tslearn2Columns') && ops.includes('Sum'), `${ops}`);
      assert.ok(result.dataSync().every((sum) => [0, 3, 4, 12].includes(sum)));
    }
  });
});
