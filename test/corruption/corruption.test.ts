import assert from 'node:assert/strict';
import '../../src';
import { load } from '../../src/load';
import * as corruption from '../../src/corruption';
import { tf } from '../../src/engine';
import { RandomState } from '../../src/utils/rng';
import { cloneViaSerialize } from '../../src/utils/serial';
import { expectClose, leaves } from '../support/expect';

const ones = (shape: number[]) => tf.ones(shape);
const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe('corruption', () => {
  it('sets inputs to zero with the given probability, and leaves the others alone', () => {
    const corruptor = new corruption.BinomialCorruptor({ corruptionLevel: 0.2 });
    const x = ones([200, 200]).mul(3);
    const noisy = leaves(1, () => corruptor.corrupt(x));
    assert.deepEqual([...new Set(values(noisy))].sort(), [0, 3]);
    expectClose(noisy.mean(), 2.4, 0.01);
    corruptor.dispose();
  });

  it('scales what stays when it is dropout, and does nothing at a negligible level', () => {
    const noisy = new corruption.DropoutCorruptor({ corruptionLevel: 0.2 }).corrupt(ones([9999]));
    assert.deepEqual([...new Set(values(noisy))].sort(), [0, 1.25]);
    const none = new corruption.DropoutCorruptor({ corruptionLevel: 1e-6 }).corrupt(ones([9]));
    expectClose(none, new Array(9).fill(1));
  });

  it('adds normal noise of the given deviation', () => {
    const { mean, variance } = tf.moments(
      new corruption.GaussianCorruptor({ stdev: 0.5 }).corrupt(ones([100000])),
    );
    expectClose(mean, 1, 0.01);
    expectClose(variance, 0.25, 0.01);
  });

  it('replaces inputs by zeros and ones where it puts salt and pepper', () => {
    const noisy = new corruption.SaltPepperCorruptor({ corruptionLevel: 0.5 }).corrupt(
      ones([100000]).mul(0.3),
    );
    const rounded = values(noisy).map((value) => Math.round(value * 10) / 10);
    assert.deepEqual([...new Set(rounded)].sort(), [0, 0.3, 1]);
    expectClose(noisy.mean(), 0.5 * 0.3 + 0.25, 0.01);
  });

  it('keeps one-hot codes one-hot, or nearly so when smooth', () => {
    const codes = tf.oneHot(tf.zeros([5000], 'int32'), 4).cast('float32');
    const noisy = new corruption.OneHotCorruptor({ corruptionLevel: 0.4 }).corrupt(codes);
    expectClose(noisy.sum(1), new Array(5000).fill(1));
    // A code is replaced with probability .4, and then stays what it was in one case of four.
    expectClose(noisy.mean(0), [0.7, 0.1, 0.1, 0.1], 0.03);
    const smooth = new corruption.SmoothOneHotCorruptor({ corruptionLevel: 0.1 }).corrupt(codes);
    expectClose(smooth.sum(1), new Array(5000).fill(1), 1e-4);
    assert.ok(smooth.min().dataSync()[0] >= 1e-5);
  });

  it('draws by the probabilities that come in', () => {
    const p = tf.tensor2d([[0.1, 0.6, 0.3]]).tile([20000, 1]);
    const bits = new corruption.BinomialSampler().corrupt(p);
    expectClose(bits.mean(0), [0.1, 0.6, 0.3], 0.02);
    const codes = new corruption.MultinomialSampler().corrupt(p.mul(7));
    expectClose(codes.mean(0), [0.1, 0.6, 0.3], 0.02);
    expectClose(codes.sum(1), new Array(20000).fill(1));
  });

  it('composes: the last one is applied first', () => {
    const zero = new corruption.BinomialCorruptor({ corruptionLevel: 0.999999 });
    const noise = new corruption.GaussianCorruptor({ stdev: 1 });
    const both = new corruption.ComposedCorruptor({ corruptors: [zero, noise] });
    expectClose(
      both
        .corrupt(ones([50]))
        .abs()
        .max(),
      0,
      1e-6,
    );
    assert.deepEqual(values(new corruption.DummyCorruptor().corrupt(ones([3]))), [1, 1, 1]);
    leaves(-3, () => both.dispose());
  });

  it('knows how unlikely normal noise is', () => {
    const corruptor = new corruption.GaussianCorruptor({ stdev: 0.5 });
    const x = tf.zeros([2, 3]);
    const noisy = tf.tensor2d([
      [1, 2, 2],
      [0, 0, 1],
    ]);
    expectClose(
      leaves(1, () => corruptor.corruptionFreeEnergy(noisy, x)),
      [9 / 0.5, 1 / 0.5],
    );
  });

  it('takes a deviation of any size for smooth codes', () => {
    const corruptor = new corruption.SmoothOneHotCorruptor({ corruptionLevel: 3 });
    const noisy = corruptor.corrupt(tf.oneHot(tf.zeros([2000], 'int32'), 3).cast('float32'));
    const strayed = noisy.argMax(1).greater(0).cast('float32').mean().dataSync()[0];
    assert.ok(strayed > 0.4, `${strayed}`);
  });

  it('takes its seed from a generator that it is given, and keeps it when saved', () => {
    const rng = new RandomState(2001);
    const corruptors = [1, 2].map(
      () => new corruption.BinomialCorruptor({ corruptionLevel: 0.5, rng }),
    );
    const seeds = corruptors.map((one) => (one.getState() as { seed: number }).seed);
    assert.equal(seeds[0], 717799168);
    assert.notEqual(seeds[1], seeds[0]);
    const x = ones([50]);
    const copies = cloneViaSerialize(corruptors) as corruption.BinomialCorruptor[];
    copies.forEach((copy, i) =>
      assert.deepEqual(values(copy.corrupt(x)), values(corruptors[i].corrupt(x))),
    );
  });

  it('goes on with the same noise after save and load, and starts alike for the same seed', () => {
    const corruptor = new corruption.BinomialCorruptor({ corruptionLevel: 0.5 });
    const same = new corruption.BinomialCorruptor({ corruptionLevel: 0.5 });
    const x = ones([40]);
    assert.deepEqual(values(corruptor.corrupt(x)), values(same.corrupt(x)));
    const copy = cloneViaSerialize(corruptor) as corruption.BinomialCorruptor;
    assert.deepEqual(values(copy.corrupt(x)), values(corruptor.corrupt(x)));
  });

  it('is named in YAML, and so are wrong options', () => {
    assert.ok(
      load('!obj:pylearn2.corruption.BinomialCorruptor { corruption_level: .2 }') instanceof
        corruption.BinomialCorruptor,
    );
    assert.throws(
      () => load('!obj:pylearn2.corruption.BinomialCorruptor { corruption: .2 }'),
      /no option `corruption`. Did you mean `corruption_level`\?/,
    );
    assert.throws(() => new corruption.BinomialCorruptor({ corruptionLevel: 1.5 }), /<1/);
  });
});
