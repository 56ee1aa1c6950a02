import assert from 'node:assert/strict';
import {
  function as makeFunction,
  RandomStream,
  rehearse,
  tf,
  withSameDraws,
} from '../../src/engine';
import { philoxUniform } from '../../src/engine/philox';
import { compiledCall } from '../support/compiled';
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

  describe('withSameDraws', () => {
    const take = (stream: RandomStream, count: number) => () =>
      Array.from({ length: count }, () => stream.uniform([]).dataSync()[0]);

    it('lets every task draw what the first one draws, and goes on behind the longest', () => {
      const [stream, plain] = [new RandomStream(5), new RandomStream(5)];
      const [a, b, c, d] = take(plain, 4)();
      const [e] = take(new RandomStream(6), 1)();
      const other = new RandomStream(6);
      const tasks = [take(stream, 1), take(stream, 3), take(other, 1), take(stream, 2)];
      assert.deepEqual(withSameDraws(tasks), [[a], [a, b, c], [e], [a, b]]);
      assert.deepEqual(take(stream, 1)(), [d]);
      assert.deepEqual(other.getState(), { drawn: 1 });
    });

    it('nests', () => {
      const [stream, plain] = [new RandomStream(5), new RandomStream(5)];
      const [a, b, c, d] = take(plain, 4)();
      const inner = () => withSameDraws([take(stream, 1), take(stream, 2)]).flat();
      const outer = () => [...take(stream, 1)(), ...inner(), ...take(stream, 1)()];
      assert.deepEqual(withSameDraws([outer, take(stream, 1)]), [[a, b, b, c, d], [a]]);
      assert.deepEqual(stream.getState(), { drawn: 4 });
    });

    it('takes nothing while things are tried out, and counts what was drawn when a task fails', () => {
      const stream = new RandomStream(5);
      rehearse(() => withSameDraws([take(stream, 2)]));
      assert.deepEqual(stream.getState(), { drawn: 0 });
      const fails = () => {
        throw new Error('no');
      };
      assert.throws(() => withSameDraws([take(stream, 2), fails]), /no/);
      assert.deepEqual(take(stream, 1)(), [take(new RandomStream(5), 3)()[2]]);
    });

    it('computes what tasks have in common once where it is compiled, anew at each call', () => {
      const stream = new RandomStream(5);
      const task = () => stream.uniform([3]).square();
      const draw = makeFunction(() => ({ outputs: tf.stack(withSameDraws([task, task])) }));
      compiledCall(() => draw());
      const plain = new RandomStream(5);
      for (let call = 0; call < 2; call++) {
        plain.setState(stream.getState());
        const wanted = plain.uniform([3]).square().dataSync();
        assert.deepEqual([...draw().dataSync()], [...wanted, ...wanted]);
      }
    });
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
