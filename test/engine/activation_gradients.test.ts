import { tf } from '../../src/engine';
import { expectClose, leaves } from '../support/expect';

const STEP = 1e-2;
const POINTS = [-2, -0.5, 0.3, 1.5];

/** Central differences, summed where the function gives more than it takes. */
function differences(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  return tf.tidy(() =>
    f(x.add(STEP))
      .sub(f(x.sub(STEP)))
      .div(2 * STEP),
  );
}

const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
};

describe('engine/activation_gradients', () => {
  for (const [name, f] of Object.entries(functions)) {
    const weighted = (x: tf.Tensor) => f(x).mul(tf.tensor1d([1, -2, 3, 4]));

    it(`gives the gradient of ${name}, and of its gradient`, () => {
      tf.tidy(() => {
        const x = tf.tensor1d(POINTS);
        const gradient = tf.grad(weighted);
        expectClose(gradient(x), differences(weighted, x).dataSync(), 1e-3);
        const squared = (y: tf.Tensor) => gradient(y).square();
        expectClose(tf.grad(squared)(x), differences(squared, x).dataSync(), 1e-2);
      });
    });

    it(`leaves the gradient of ${name} and nothing else`, () => {
      const x = tf.tensor1d(POINTS);
      leaves(1, () => tf.grad(f)(x));
      x.dispose();
    });
  }

  it('takes the gradient of the rectifier at zero for 0', () => {
    tf.tidy(() => expectClose(tf.grad(functions.relu)(tf.tensor1d([0, -0])), [0, 0], 0));
  });
});
