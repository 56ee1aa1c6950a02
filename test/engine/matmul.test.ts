import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../src/engine';
import { compiledCall, opsOf } from '../support/compiled';
import { expectClose } from '../support/expect';

const uniform = (shape: [number, number], seed: number) =>
  tf.randomUniform<tf.Rank.R2>(shape, -1, 1, 'float32', seed);

/** Summed in double precision. */
function reference(a: number[][], b: number[][], columns: number): number[] {
  return a.flatMap((row) =>
    Array.from({ length: columns }, (_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)),
  );
}

describe('engine/matmul', () => {
  for (const [rows, inner, columns] of [
    [1, 1, 1],
    [3, 5, 2],
    [1, 70, 33],
    [65, 17, 1],
    [100, 784, 10],
    // Large enough to be shared out, with a part left over.
    [101, 403, 197],
    [333, 150, 301],
  ]) {
    for (const [left, right] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const turned = `${left ? ', left turned' : ''}${right ? ', right turned' : ''}`;
      it(`multiplies [${rows}, ${inner}] by [${inner}, ${columns}]${turned}`, () => {
        tf.tidy(() => {
          const [a, b] = [uniform([rows, inner], 1), uniform([inner, columns], 2)];
          const given = [left ? a.transpose() : a, right ? b.transpose() : b] as const;
          const { result, ops } = opsOf(() => tf.matMul(...given, left, right));
          assert.deepEqual(ops.slice(-1), ['Tslearn2Product']);
          assert.deepEqual(result.shape, [rows, columns]);
          const wanted = reference(a.arraySync(), b.arraySync(), columns);
          expectClose(result, wanted, 1e-4);
        });
      });
    }
  }

  it('gives zeros for factors that have nothing in common, and nothing for no rows', () => {
    assert.deepEqual([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2])).dataSync()], [0, 0, 0, 0]);
    assert.deepEqual(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape, [0, 2]);
  });

  it('passes on what is not a number, also by a factor of 0', () => {
    const a = tf.zeros<tf.Rank.R2>([200, 300]);
    for (const value of [NaN, Infinity]) {
      const b = tf.buffer<tf.Rank.R2>([300, 200]);
      b.set(value, 7, 11);
      const product = a.matMul(b.toTensor());
      assert.deepEqual([...product.slice([199, 10], [1, 3]).dataSync()], [0, NaN, 0]);
    }
  });

  describe('with a left factor that is mostly zeros', () => {
    /** One number in five is not 0; the first row and column are 0, and one row is full. */
    const sparse = ([rows, columns]: [number, number]) =>
      tf.tidy(() => {
        const taken = tf.buffer<tf.Rank.R2>([rows, columns]);
        const draws = uniform([rows, columns], 5).dataSync();
        for (let i = 1; i < rows; i++) {
          for (let j = 1; j < columns; j++) {
            if (i === 7 || draws[i * columns + j] > 0.6) taken.set(draws[i * columns + j], i, j);
          }
        }
        return taken.toTensor();
      });

    for (const [rows, inner, columns] of [
      [100, 784, 500],
      // Parts of panels and of bands.
      [130, 225, 171],
      [9, 113, 5000],
      [512, 512, 64],
      [1000, 300, 70],
    ]) {
      for (const turned of [false, true]) {
        const name = `[${rows}, ${inner}] by [${inner}, ${columns}]${turned ? ', turned' : ''}`;
        it(`multiplies ${name}`, () => {
          tf.tidy(() => {
            const [a, b] = [sparse([rows, inner]), uniform([inner, columns], 2)];
            const given = turned ? a.transpose() : a;
            const product = tf.matMul(given, b, turned);
            expectClose(product, reference(a.arraySync(), b.arraySync(), columns), 1e-4);
          });
        });
      }
    }

    it('gives the same bits whichever thread computes a column', () => {
      const [a, b] = [sparse([100, 784]), uniform([784, 512], 4)];
      const whole = a.matMul(b);
      // So few columns are one thread's.
      for (const from of [0, 256, 448]) {
        const part = a.matMul(b.slice([0, from], [-1, 64]));
        expectClose(part, [...whole.slice([0, from], [-1, 64]).dataSync()], 0);
      }
    });

    it('passes on what is not a number, of either factor', () => {
      for (const value of [NaN, Infinity, -Infinity]) {
        const [left, right] = [sparse([100, 300]).bufferSync(), tf.buffer<tf.Rank.R2>([300, 200])];
        left.set(value, 31, 150);
        const [a, zeros] = [left.toTensor(), right.toTensor()];
        const fromLeft = a.matMul(zeros).arraySync() as number[][];
        assert.ok(fromLeft[31].every(Number.isNaN));
        assert.ok(fromLeft.every((row, i) => i === 31 || row.every((x) => x === 0)));
        // A row that no number of the left factor takes but by 0, in the last part of a panel.
        right.set(value, 0, 199);
        const fromRight = sparse([100, 300]).matMul(right.toTensor()).arraySync() as number[][];
        assert.ok(fromRight.every((row) => Number.isNaN(row[199]) && row[198] === 0));
      }
    });
  });

  it('leaves other dtypes and stacks of matrices to TensorFlow', () => {
    const int = tf.ones<tf.Rank.R2>([2, 2], 'int32');
    const stack = tf.ones([3, 2, 2]);
    for (const factor of [int, stack]) {
      const { result, ops } = opsOf(() => tf.matMul(factor, factor));
      assert.deepEqual(ops, ['BatchMatMulV2']);
      assert.ok(result.dataSync().every((x) => x === 2));
    }
  });

  it('gives the same bits compiled as op by op, again and again', () => {
    const [a, b] = [uniform([100, 784], 3), uniform([784, 500], 4)];
    const multiply = makeFunction((x: tf.Tensor) => ({ outputs: x.dot(b) }));
    const compiled = compiledCall(() => multiply(a));
    for (let i = 0; i < 20; i++) {
      assert.deepEqual(multiply(a).dataSync(), compiled.dataSync());
    }
    assert.deepEqual(a.matMul(b).dataSync(), compiled.dataSync());
  });
});
