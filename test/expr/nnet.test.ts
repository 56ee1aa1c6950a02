import { tf } from '../../src/engine';
import { nnet, rectify, sigmoid } from '../../src/expr';
import { expectClose, leaves } from '../support/expect';

const at = (channels: Record<string, tf.Tensor>, name: string) => channels[name].dataSync()[0];

describe('expr/nnet', () => {
  it('keeps cross-entropies exact where the sigmoid is 0 or 1 in float32', () => {
    const z = tf.tensor1d([200, -200, 0]);
    const [y, p] = [tf.tensor1d([0, 1, 0.25]), sigmoid(z)];
    expectClose(leaves(1, () => nnet.elemwiseKl(y, p)) as tf.Tensor, [200, 200, Math.LN2]);
  });

  it('takes logarithms of probabilities of which it does not know the origin', () => {
    const [y, p] = [tf.tensor1d([1, 0, 1]), tf.tensor1d([0.25, 0.25, 1])];
    expectClose(nnet.elemwiseKl(y, p), [Math.log(4), Math.log(4 / 3), 0]);
  });

  it('counts detections: of all outputs, and of each', () => {
    const state = tf.tensor2d([
      [0.9, 0.9],
      [0.9, 0.1],
      [0.1, 0.1],
    ]);
    const targets = tf.tensor2d([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    const channels = tf.tidy(() => nnet.detectionChannels(state, targets, [0]));
    expectClose(at(channels, '01_loss'), 3 / 6);
    // 2 of 3 predictions hit; 2 of 4 positives were found.
    expectClose(at(channels, 'precision'), 2 / 3);
    expectClose(at(channels, 'recall'), 2 / 4);
    expectClose(at(channels, 'f1'), (2 * (2 / 3) * (1 / 2)) / (2 / 3 + 1 / 2));
    // Of each output: precision 1 and 0, recall by all four positives.
    expectClose(at(channels, 'per_output_precision_mean'), 0.5);
    expectClose(at(channels, 'per_output_recall_max'), 2 / 4);
    expectClose(at(channels, 'per_output_recall_min'), 0);
    expectClose(at(channels, 'per_output_f1_max'), 1 / 1.5);
  });

  it('measures as zero what was never predicted and never there', () => {
    const none = tf.zeros([2, 2]);
    const channels = tf.tidy(() => nnet.detectionChannels(none, none, [0]));
    for (const name of ['precision', 'recall', 'f1']) expectClose(at(channels, name), 0);
  });
});

describe('expr/activations', () => {
  it('multiplies by the slope what is negative', () => {
    const z = tf.tensor1d([-2, 0, 3]);
    expectClose(rectify(z), [0, 0, 3]);
    expectClose(rectify(z, 0.5), [-1, 0, 3]);
    expectClose(rectify(z, -1), [2, 0, 3]);
  });
});
