import assert from 'node:assert/strict';
import { grad, sharedX, tf } from '../../src/engine';
import { expectClose, leaves } from '../support/expect';
import { expectGradient } from '../support/gradients';

type Expression = (x: tf.Tensor) => tf.Tensor;

/** 4 rows of 3 numbers, none near another or near 0. */
const x = sharedX<tf.Rank.R2>(
  [
    [0.4, -0.3, 0.9],
    [-0.7, 0.2, 0.5],
    [1.1, -0.9, -0.2],
    [0.6, 1.3, -0.5],
  ],
  'x',
);
const y = tf.tensor([[0.5], [-0.4], [1.2]]);

const expressions: Record<string, Expression> = {
  'tf.where by a comparison, as for a leaky rectifier': (at) =>
    tf.where(at.greater(0), at, at.mul(0.1)),
  'tf.where by several comparisons': (at) =>
    tf.where(at.less(-0.4).logicalOr(at.greaterEqual(0.8)).logicalNot(), at.square(), at),
  'a mask of the largest in a row': (at) => at.mul(at.equal(at.max(1, true)).cast('float32')),
  'a mask of what differs': (at) => at.mul(at.notEqual(at.relu()).logicalAnd(at.lessEqual(0)).cast('float32')), // prettier-ignore
  'rows picked by the place of the largest': (at) => at.gather(at.argMax(0) as tf.Tensor1D),
  'a sum of those rows that have something': (at) =>
    at.mul(at.greater(1).any(1, true).logicalAnd(at.isFinite().all(1, true)).cast('float32')),
  'the largest numbers of a row': (at) => tf.topk(at, 2).values,
  'picked numbers, one of them twice': (at) =>
    tf.gatherND(at, tf.tensor2d([[0, 1], [3, 2], [0, 1]], [3, 2], 'int32')), // prettier-ignore
  'a product in Einstein’s notation': (at) => tf.einsum('ij,jk->ik', at, y),
  'one of a tensor by itself, turned': (at) => tf.einsum('ij,kj->ki', at, at.square()),
  'one that sums over what only one of them has': (at) => tf.einsum('ij,jk->k', at, y),
  'a turned matrix and its sums': (at) => tf.einsum('ij->ji', at).mul(tf.einsum('ij->i', at)),
};

describe('engine/gradients: finite differences agree with the gradient of', () => {
  for (const [name, expression] of Object.entries(expressions)) {
    it(name, () => {
      leaves(0, () =>
        expectGradient(() => tf.tidy(() => expression(x).square().sum() as tf.Scalar), [x]),
      );
    });
  }

  it('no diagonal in Einstein’s notation, in words that say so', () => {
    const trace = () => tf.einsum('ii->', x.slice([0, 0], [3, 3])) as tf.Scalar;
    assert.throws(() => tf.tidy(() => void grad(trace, [x])), /no gradient by `ii` of `ii->`/);
  });

  it('nothing that only comparisons depend on: it is zero', () => {
    const count = () => tf.tidy(() => x.greater(0.3).cast('float32').sum() as tf.Scalar);
    const { value, grads } = grad(count, [x]);
    expectClose(grads[0], new Float32Array(12), 0);
    tf.dispose([value, ...grads]);
  });
});
