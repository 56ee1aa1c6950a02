import assert from 'node:assert/strict';
import { function as makeFunction, sharedX, tf } from '../../src/engine';
import { type NativeBackend, nativeBackend } from '../../src/engine/native';
import { opsFillProcessors } from '../../src/engine/threads';
import { compiling, opsOf } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

const ROWS = 3;
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const functionsIn = (ops: readonly string[]) => ops.filter((op) => op.startsWith('measured'));

/** A convolution of each row, and the norm of the weights, which no row changes. */
function measured() {
  const weights = sharedX(normal([3, 3, 1, 2], 5), 'weights');
  const images = normal([ROWS, 2, 6, 6, 1], 6);
  const step = makeFunction(
    (x: tf.Tensor) => {
      const z = tf.conv2d(x as tf.Tensor4D, weights as unknown as tf.Tensor4D, 1, 'valid');
      return { outputs: [z.mean(), weights.square().sum()] };
    },
    { name: 'measured' },
  );
  return { weights, images, step };
}

describe('engine/each_row', () => {
  it('computes once what is the same for all rows, with its present value, then row by row', () =>
    compiling(true, () => {
      const { weights, images, step } = measured();
      tf.dispose(step.each(images));
      for (const factor of [1, 2]) {
        tf.tidy(() => weights.assign(weights.mul(factor)));
        const { result, ops } = opsOf(() => leaves(2, () => step.each(images)));
        assert.equal(functionsIn(ops).length, 1 + ROWS, ops.join());
        const plain = compiling(false, () => tf.unstack(images).map((image) => step(image)));
        for (const i of [0, 1]) {
          const expected = plain.flatMap((outputs) => [...outputs[i].dataSync()]);
          expectClose(result[i], expected, 1e-4);
        }
      }
    }));

  it('goes side by side through rows of large products that set nothing, and gives the same', () =>
    compiling(true, () => {
      const weights = sharedX(normal([400, 300], 7), 'weights');
      const batches = normal([5, 100, 400], 8);
      const step = makeFunction((x: tf.Tensor) => ({ outputs: x.dot(weights).abs().mean() }), {
        name: 'measured',
      });
      tf.dispose(step.each(batches));
      const { result, ops } = opsOf(() => leaves(1, () => step.each(batches)));
      const sideBySide = opsFillProcessors(nativeBackend() as NativeBackend);
      assert.equal(functionsIn(ops).length, sideBySide ? 1 : 5, ops.join());
      const plain = compiling(false, () => tf.unstack(batches).map((batch) => step(batch)));
      expectClose(
        result,
        plain.flatMap((mean) => [...mean.dataSync()]),
        1e-4,
      );
    }));

  it('keeps rows of large products that set something in their order', () => {
    const train = (on: boolean) =>
      compiling(on, () => {
        const w = sharedX(normal([300, 300], 9), 'w');
        const step = makeFunction((x: tf.Tensor) => {
          const next = w.add(x.dot(w).mul(1e-4));
          return { outputs: next.mean(), updates: new Map([[w, next]]) };
        });
        for (let i = 0; i < 2; i++) tf.dispose(step.each(normal([4, 300, 300], 10 + i)));
        return w;
      });
    expectClose(train(true), train(false).dataSync(), 1e-4);
  });
});
