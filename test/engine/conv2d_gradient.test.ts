import { grad, sharedX, tf } from '../../src/engine';
import { expectClose, leaves } from '../support/expect';

describe('engine/conv2d_gradient', () => {
  it('is right for kernels of one pixel and a stride that leaves pixels over', () => {
    const images = tf.randomUniform<tf.Rank.R4>([3, 7, 6, 3], 0, 1, 'float32', 1);
    const filter = sharedX<tf.Rank.R4>(tf.randomUniform([1, 1, 3, 2], 0, 1, 'float32', 2), 'w');
    const taken = tf.tidy(() => tf.reverse(tf.reverse(images, 2).slice([0, 0, 1, 0]), 2));
    // A kernel of one pixel is a matrix product of the pixels that the stride takes.
    const pixels = tf.tidy(() =>
      tf.concat(
        [0, 2, 4].map((column) => taken.slice([0, 0, column, 0], [-1, -1, 1, -1])),
        2,
      ),
    );
    for (const pad of ['valid', 'same'] as const) {
      const cost = () => tf.tidy(() => tf.conv2d(images, filter, [1, 2], pad).sum() as tf.Scalar);
      // Often: the fault that this is about corrupts memory and shows by and by.
      for (let i = 0; i < 50; i++) {
        const { value, grads } = leaves(2, () => grad(cost, [filter]));
        const expected = tf.tidy(() => pixels.sum([0, 1, 2]).reshape([3, 1]).tile([1, 2]));
        expectClose(grads[0], expected);
        tf.dispose([value, expected, ...grads]);
      }
    }
  });
});
