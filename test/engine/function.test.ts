import assert from 'node:assert/strict';
import { function as makeFunction, grad, sharedX, tf } from '../../src/engine';
import { expectClose, leaves } from '../support/expect';

describe('engine/function', () => {
  it('computes all updates before it sets any', () => {
    const [a, b] = [sharedX(1, 'a'), sharedX(2, 'b')];
    const swap = makeFunction(() => ({
      outputs: [],
      updates: new Map([
        [a, b],
        [b, a],
      ]),
    }));
    leaves(0, () => swap());
    expectClose([a.dataSync()[0], b.dataSync()[0]], [2, 1]);
  });

  it('leaves its outputs and nothing else', () => {
    const w = sharedX([[1], [2]], 'w');
    const double = makeFunction((x: tf.Tensor2D) => ({
      outputs: x.matMul(w as tf.Tensor2D),
      updates: new Map([[w, w.mul(2)]]),
    }));
    const x = tf.tensor2d([[3, 4]]);
    expectClose(
      leaves(1, () => double(x)),
      [11],
    );
    expectClose(double(x), [22]);
  });

  it('refuses an update of another shape, and then nothing has changed', () => {
    const [a, b] = [sharedX(1, 'a'), sharedX([1, 2], 'b')];
    const wrong = makeFunction(
      () => ({
        outputs: [],
        updates: new Map([
          [a, tf.scalar(5)],
          [b, tf.scalar(5)],
        ]),
      }),
      { name: 'wrong' },
    );
    assert.throws(
      () => wrong(),
      /wrong: expected the update of b to be float32\[2\], received float32\[\]/,
    );
    expectClose(a, 1);
  });

  it('says which input is not a tensor', () => {
    const identity = makeFunction((x: tf.Tensor) => ({ outputs: x }), { name: 'identity' });
    assert.throws(
      () => identity(3 as never),
      /identity: expected input 0 to be a tensor, received 3/,
    );
  });

  it('gives zeros as the gradient by a variable that the expression does not use', () => {
    const [used, unused] = [sharedX([1, 2], 'used'), sharedX([1, 1, 1], 'unused')];
    const { value, grads } = leaves(3, () => grad(() => used.square().sum(), [used, unused]));
    expectClose(value, 5);
    expectClose(grads[0], [2, 4]);
    expectClose(grads[1], [0, 0, 0]);
  });

  it('keeps variables of equal names apart', () => {
    const [first, second] = [sharedX(1, 'W'), sharedX(2, 'W')];
    first.dispose();
    expectClose(second, 2);
    leaves(-1, () => second.dispose());
  });
});
