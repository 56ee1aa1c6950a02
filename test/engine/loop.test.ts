import assert from 'node:assert/strict';
import { function as makeFunction, RandomStream, sharedX, tf } from '../../src/engine';
import { compiling, opsOf } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

const rows = () =>
  tf.tensor2d([
    [1, -2],
    [0.5, 4],
    [-3, 0.25],
    [2, 2],
  ]);

/** Sets two shared variables, one without reading it, and gives values of several kinds. */
function walker() {
  const total = sharedX([0.1, 0.2], 'total');
  const last = sharedX([0, 0], 'last');
  const scale = sharedX([3, 0.3], 'scale');
  const walk = makeFunction((x: tf.Tensor) => ({
    outputs: { sum: x.mul(total).add(scale.exp().sum()), parts: [x.sum(), tf.scalar(7)] },
    updates: new Map([
      [total, total.add(x.mul(0.1))],
      [last, x.mul(2)],
    ]),
  }));
  return { total, last, scale, walk };
}

type Walker = ReturnType<typeof walker>;

/** All numbers that come out, and the variables' values in the end. */
function numbersOf({ total, last }: Walker, { sum, parts }: ReturnType<Walker['walk']>) {
  return [sum, ...parts, total, last].map((one) => [...one.shape, ...one.dataSync()]);
}

describe('engine/loop', () => {
  it('goes through the rows as calls one after the other would, to the last bit', () => {
    const expected = compiling(true, () => {
      const one = walker();
      const outputs = tf.unstack(rows()).map((row) => one.walk(row));
      const stacked = (f: (o: (typeof outputs)[0]) => tf.Tensor) => tf.stack(outputs.map(f));
      const parts = [0, 1].map((i) => stacked((o) => o.parts[i]));
      return numbersOf(one, { sum: stacked((o) => o.sum), parts });
    });
    for (const on of [true, false]) {
      const one = walker();
      const came = compiling(on, () => one.walk.each(rows()));
      assert.deepEqual(numbersOf(one, came), expected);
    }
  });

  it('is one op, whatever the number of rows, once the body has been traced', () =>
    compiling(true, () => {
      const { walk } = walker();
      const all = rows();
      walk.each(all);
      const counts = [1, 2, 4].map((n) => opsOf(() => walk.each(all.slice(0, n))).ops);
      // slice takes the rows, everything else is in the one op.
      for (const ops of counts) assert.equal(ops.filter((op) => op !== 'Slice').length, 1);
    }));

  it('computes what is the same for all rows once, before the loop, with its present value', () =>
    compiling(true, () => {
      const { walk, scale, total } = walker();
      walk.each(rows());
      scale.setValue([0, 0]);
      total.setValue([0, 0]);
      expectClose(walk.each(rows()).sum.slice([0, 0], [1, 2]), [2, 2]);
    }));

  it('draws from random streams row by row', () => {
    const draws = (on: boolean, together: boolean) =>
      compiling(on, () => {
        const stream = new RandomStream(7);
        const draw = makeFunction((x: tf.Tensor) => ({
          outputs: stream.uniform([3]).add(x.sum()),
        }));
        const zeros = tf.zeros([4, 1]);
        const each = () => draw.each(zeros);
        return together
          ? [each(), each()].flatMap((one) => [...one.dataSync()])
          : [...tf.unstack(zeros), ...tf.unstack(zeros)].flatMap((z) => [...draw(z).dataSync()]);
      });
    const expected = draws(false, false);
    assert.equal(new Set(expected).size, expected.length);
    assert.deepEqual(draws(true, true), expected);
    assert.deepEqual(draws(false, true), expected);
  });

  it('leaves its outputs and nothing else', () => {
    for (const on of [true, false]) {
      compiling(on, () => {
        const { walk } = walker();
        const all = rows();
        for (let call = 0; call < 3; call++) leaves(3, () => walk.each(all));
      });
    }
  });

  it('leaves large products and convolutions to calls of their own, and gives the same', () => {
    const weights = sharedX(tf.randomNormal([3, 3, 1, 2], 0, 1, 'float32', 5), 'weights');
    const images = tf.randomNormal([3, 2, 6, 6, 1], 0, 1, 'float32', 6);
    const convolve = () =>
      makeFunction((x: tf.Tensor) => ({
        outputs: tf.conv2d(x as tf.Tensor4D, weights as unknown as tf.Tensor4D, 1, 'valid'),
      }));
    const { together, ops } = compiling(true, () => {
      const f = convolve();
      f.each(images);
      const { result, ops: seen } = opsOf(() => f.each(images));
      return { together: result, ops: seen };
    });
    assert.equal(ops.filter((op) => op.startsWith('function')).length, 3, ops.join());
    expectClose(
      together,
      compiling(false, () => convolve().each(images)),
      1e-5,
    );
  });

  it('runs a body that cannot be compiled row by row', () =>
    compiling(true, () => {
      const start = sharedX(1, 'start');
      const peek = makeFunction(
        (x: tf.Tensor) => ({
          outputs: x.mul(x.sum().dataSync()[0]),
          updates: new Map([[start, start.add(1)]]),
        }),
        { name: 'peek' },
      );
      expectClose(peek.each(tf.tensor2d([[1], [2], [3]])), [1, 4, 9]);
      expectClose(start, 4);
    }));

  it('asks for equally many rows, at least one', () => {
    const add = makeFunction((x: tf.Tensor, y: tf.Tensor) => ({ outputs: x.add(y) }), {
      name: 'add',
    });
    const message = (...shapes: number[][]) => {
      const [x, y] = shapes.map((shape) => tf.zeros(shape));
      return () => add.each(x, y);
    };
    assert.throws(message([2, 1], [3, 1]), /^ShapeError: add\.each: .*equally many rows.* 2, 3\./);
    assert.throws(message([0, 1], [0, 1]), /^ShapeError: add\.each: .*equally many rows.* 0, 0\./);
  });
});
