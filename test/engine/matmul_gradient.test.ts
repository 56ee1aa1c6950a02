import { tf } from '../../src/engine';
import { expectClose, leaves } from '../support/expect';

const uniform = (shape: [number, number], seed: number) =>
  tf.randomUniform<tf.Rank.R2>(shape, -1, 1, 'float32', seed);

describe('engine/matmul_gradient', () => {
  for (const [columns, words] of [
    [3, 'few columns'],
    [40, 'many columns'],
  ] as const) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      const title = `[${words}]${transposeA ? ', left' : ''}${transposeB ? ', right' : ''}${transposeA || transposeB ? ' transposed' : ''}`;
      it(`is that of the sum of products: ${title}`, () => {
        tf.tidy(() => {
          const a = uniform(transposeA ? [5, 4] : [4, 5], 1);
          const b = uniform(transposeB ? [columns, 5] : [5, columns], 2);
          const weights = uniform([4, columns], 3);
          const f = (x: tf.Tensor, y: tf.Tensor) =>
            tf.matMul(x, y, transposeA, transposeB).mul(weights);
          const [da, db] = tf.grads(f)([a, b]);
          // d/da sum(w * ab) = w b', d/db = a' w, turned where the factor is.
          const [left, right] = [transposeA ? a.transpose() : a, transposeB ? b.transpose() : b];
          const [wantedA, wantedB] = [
            weights.matMul(right, false, true),
            left.matMul(weights, true),
          ];
          expectClose(transposeA ? da.transpose() : da, wantedA.dataSync());
          expectClose(transposeB ? db.transpose() : db, wantedB.dataSync());
        });
      });
    }
  }

  it('has a gradient itself, and leaves nothing behind', () => {
    const [a, b] = [uniform([4, 5], 1), uniform([5, 3], 2)];
    const byB = (y: tf.Tensor) =>
      tf
        .grad((z: tf.Tensor) => a.matMul<tf.Tensor>(z).square())(y)
        .square();
    const second = leaves(1, () => tf.grad(byB)(b));
    tf.tidy(() => {
      // The gradient is 2 a'a b, so that its square's is 2 (2 a'a)' 2 a'a b.
      const m = a.matMul(a, true).mul<tf.Tensor2D>(2);
      expectClose(second, m.matMul(m.matMul(b)).mul(2).dataSync(), 1e-3);
    });
    tf.dispose([a, b, second]);
  });
});
