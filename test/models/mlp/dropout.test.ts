import assert from 'node:assert/strict';
import '../../../src';
import { tf } from '../../../src/engine';
import { Linear, MLP, Softmax } from '../../../src/models/mlp';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { expectClose, leaves } from '../../support/expect';

/** Two layers that copy their two inputs and add biases (1, 2) and (3, 4). */
function copying(): MLP {
  const layers = ['h0', 'h1'].map((layerName) => new Linear({ dim: 2, layerName, irange: 0.1 }));
  const mlp = new MLP({ layers, nvis: 2 });
  const eye = [
    [1, 0],
    [0, 1],
  ];
  layers.forEach((layer, i) => {
    layer.W!.setValue(eye);
    layer.b!.setValue([1 + 2 * i, 2 + 2 * i]);
  });
  return mlp;
}

function sumOverMasks(input: number[]): number[] {
  const mlp = copying();
  const sum = [0, 0];
  for (let mask = 0n; mask < 16n; mask++) {
    const output = (mlp.maskedFprop(tf.tensor2d([input]), mask) as tf.Tensor).dataSync();
    sum[0] += output[0];
    sum[1] += output[1];
  }
  return sum;
}

describe('models/mlp/dropout', () => {
  it('sums over all masks to the numbers of the original', () => {
    // Pylearn2's own test: pylearn2/models/tests/test_mlp.py, test_masked_fprop.
    expectClose(sumOverMasks([5, 3]), [144, 144]);
    expectClose(sumOverMasks([2, 7]), [96, 208]);
  });

  it('takes the lowest bits for the first layer and scales what stays', () => {
    const mlp = copying();
    const out = (mask: bigint, options = {}) =>
      (mlp.maskedFprop(tf.tensor2d([[5, 3]]), mask, options) as tf.Tensor).dataSync();
    expectClose(out(0b1101n), [2 * (2 * 5 + 1) + 3, 2 * (0 + 2) + 4]);
    expectClose(out(0b10n, { maskedInputLayers: ['h1'] }), [3, 2 * 5 + 4]);
    expectClose(out(0b1111n, { defaultInputScale: 1 }), [9, 9]);
  });

  it('refuses masks that are too long and layers that there are not', () => {
    const x = tf.ones([1, 2]);
    assert.throws(() => copying().maskedFprop(x, 16n), /at most 4 bits, received 16/);
    const options = { inputIncludeProbs: { h2: 0.5 } };
    assert.throws(
      () => copying().dropoutFprop(x, options),
      /there is no layer `h2`. Did you mean `h0`\?/,
    );
  });

  it('keeps everything, unscaled, where the probability is 1', () => {
    const options = { defaultInputIncludeProb: 1 };
    const mlp = copying();
    const x = tf.tensor2d([[5, 3]]);
    // The output, and the counter of the masks' stream, which is the model's.
    expectClose(
      leaves(2, () => mlp.dropoutFprop(x, options) as tf.Tensor),
      [9, 9],
    );
    leaves(-5, () => mlp.dispose());
  });

  it('keeps the mean of a linear model: what stays is scaled by one over its probability', () => {
    const mlp = new MLP({
      layers: [new Linear({ dim: 1, layerName: 'h', irange: 0.1 })],
      nvis: 1,
    });
    mlp.layers[0].getParams()[0].assign(tf.tensor2d([[1]]));
    const options = { defaultInputIncludeProb: 0.8, defaultInputScale: 1.25 };
    const output = mlp.dropoutFprop(tf.ones([20000, 1]), options) as tf.Tensor;
    expectClose(output.mean(), 1, 0.02);
    assert.deepEqual([...new Set(output.dataSync())].sort(), [0, 1.25]);
  });

  it('has one mask for the whole batch when not per example, and another at the next call', () => {
    const layers = [new Linear({ dim: 30, layerName: 'h', irange: 0.5 })];
    const mlp = new MLP({ layers, nvis: 30 });
    const draw = () => mlp.dropoutFprop(tf.ones([2, 30]), { perExample: false }) as tf.Tensor2D;
    const [first, second] = [draw().arraySync(), draw().arraySync()];
    assert.deepEqual(first[0], first[1]);
    assert.notDeepEqual(first, second);
  });

  it('goes on with the same masks after save and load', () => {
    const mlp = copying();
    const x = tf.ones([50, 2]);
    mlp.dropoutFprop(x);
    const copy = cloneViaSerialize(mlp) as MLP;
    expectClose(copy.dropoutFprop(x) as tf.Tensor, mlp.dropoutFprop(x) as tf.Tensor, 0);
  });

  it('draws a mask bit by bit from a generator of its own', () => {
    const mlp = copying();
    assert.equal(mlp.generateDropoutMask(), mlp.generateDropoutMask());
    assert.equal(mlp.generateDropoutMask({ defaultInputIncludeProb: 1 }), 0b1111n);
    assert.equal(mlp.generateDropoutMask({ inputIncludeProbs: { h0: 0, h1: 1 } }), 0b1100n);
  });

  it('averages before the softmax, over all masks or over drawn ones', () => {
    const softmax = new Softmax({ nClasses: 2, layerName: 'y', irange: 0.1 });
    const mlp = new MLP({ layers: [softmax], nvis: 2 });
    softmax.W!.setValue([
      [1, 0],
      [0, 3],
    ]);
    const x = tf.tensor2d([[1, 2]]);
    // The mean over masks of 2 * bit * x is x itself.
    const expected = tf.softmax(tf.tensor2d([[1, 6]]));
    expectClose(
      leaves(1, () => mlp.exhaustiveDropoutAverage(x)),
      expected,
    );
    const inputs = tf.ones([1, 2]);
    const sampled = mlp.sampledDropoutAverage(inputs, 500);
    expectClose(sampled, tf.softmax(tf.tensor2d([[1, 3]])), 0.05);
  });
});
