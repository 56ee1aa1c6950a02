import assert from 'node:assert/strict';
import { RandomStream, rehearse, tf } from '../../src/engine';
import { philoxUniform } from '../../src/engine/philox';
import { expectClose, leaves } from '../support/expect';

describe('engine/random', () => {
  it('draws the same numbers in JavaScript as TensorFlow does', function () {
    if (tf.getBackend() !== 'tensorflow') this.skip();
    const stream = new RandomStream(717799168);
    stream.setState({ drawn: 3 });
    expectClose(stream.uniform([1001]), philoxUniform(1001, 717799168, 3), 0);
    stream.dispose();
  });

  it('draws anew at each call and again after its state is restored', () => {
    const stream = new RandomStream(5);
    const first = stream.uniform([4]).dataSync();
    const state = stream.getState();
    const second = stream.uniform([4]).dataSync();
    assert.notDeepEqual(first, second);
    stream.setState(state);
    assert.deepEqual(stream.uniform([4]).dataSync(), second);
  });

  it('takes no draws while things are tried out', () => {
    const stream = new RandomStream(5);
    const tried = rehearse(() => stream.uniform([4]).dataSync());
    assert.deepEqual(stream.uniform([4]).dataSync(), tried);
    assert.deepEqual(stream.getState(), { drawn: 1 });
  });

  it('has the moments of its distributions', () => {
    const stream = new RandomStream(1);
    const moments = (x: tf.Tensor) =>
      tf.tidy(() => {
        const { mean, variance } = tf.moments(x);
        return [mean.dataSync()[0], variance.dataSync()[0]];
      });
    expectClose(moments(stream.uniform([100000])), [0.5, 1 / 12], 0.005);
    expectClose(moments(stream.normal([100000])), [0, 1], 0.02);
    expectClose(moments(stream.binomial([100000], 0.2)), [0.2, 0.16], 0.01);
  });

  it('leaves its draw and nothing else', () => {
    const stream = leaves(1, () => new RandomStream(2));
    leaves(1, () => stream.normal([3, 4]));
    leaves(-1, () => stream.dispose());
  });
});
