import assert from 'node:assert/strict';
import { join } from 'node:path';
import { function as makeFunction, sharedX, tf } from '../../src/engine';
import { compiledCall, compiling } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';
import { expectGradient } from '../support/gradients';
import { runNode } from '../support/setup';

type Draw = (x: tf.Tensor) => tf.Tensor;

const draws: Record<string, Draw> = {
  randomUniform: (x) => x.add(tf.randomUniform(x.shape)),
  randomNormal: (x) => x.add(tf.randomNormal(x.shape, 0, 0.5)),
  randomStandardNormal: (x) => x.add(tf.randomStandardNormal(x.shape)),
  randomUniformInt: (x) => x.add(tf.randomUniformInt(x.shape, 0, 1000)),
  truncatedNormal: (x) => x.add(tf.truncatedNormal(x.shape)),
  multinomial: (x) => tf.multinomial(x as tf.Tensor2D, 50).cast('float32'),
  dropout: (x) => tf.dropout(x, 0.5),
};

const ones = tf.ones([40, 50]);

/** Mean and standard deviation. */
function moments(values: tf.Tensor): [number, number] {
  const { mean, variance } = tf.moments(values);
  const numbers: [number, number] = [mean.dataSync()[0], Math.sqrt(variance.dataSync()[0])];
  tf.dispose([values, mean, variance]);
  return numbers;
}

describe('engine/draws: without a seed', () => {
  for (const [name, draw] of Object.entries(draws)) {
    it(`${name} is compiled and draws anew at each call`, () => {
      const drawing = makeFunction((x: tf.Tensor) => ({ outputs: draw(x) }));
      const first = compiledCall(() => drawing(ones));
      const second = drawing(ones);
      assert.notDeepEqual(first.dataSync(), second.dataSync());
    });
  }

  it('they have the moments asked for', () => {
    expectClose(moments(tf.randomUniform([40000], 2, 6)), [4, 4 / Math.sqrt(12)], 0.02);
    expectClose(moments(tf.randomNormal([40000], 1, 3)), [1, 3], 0.05);
    expectClose(moments(tf.dropout(ones, 0.2)), [1, 0.5], 0.03);
  });

  it('integers are drawn evenly from all of the range, and exact far from 0', () => {
    const dice = tf.randomUniformInt([60000], -2, 4);
    assert.equal(dice.dtype, 'int32');
    const counts = tf.bincount(dice.add(tf.scalar(2, 'int32')) as tf.Tensor1D, [], 6);
    expectClose(counts, [10000, 10000, 10000, 10000, 10000, 10000], 400);
    const far = tf.randomUniformInt([1000], 2 ** 30 + 1, 2 ** 30 + 3).dataSync();
    assert.deepEqual([...new Set(far)].sort(), [2 ** 30 + 1, 2 ** 30 + 2]);
  });

  it('the normal distribution cut off at two deviations has its moments, and nothing beyond', () => {
    const drawn = tf.truncatedNormal([200000], 1, 2);
    // Deviation of the cut distribution: the root of 1 - 4 phi(2) / (2 Phi(2) - 1) is .87963.
    expectClose(moments(drawn.clone()), [1, 2 * 0.87963], 0.01);
    const numbers = [...drawn.dataSync()].sort((a, b) => a - b);
    assert.ok(numbers[0] >= -3 && numbers[0] < -2.99, `${numbers[0]}`);
    assert.ok(numbers.at(-1)! <= 5 && numbers.at(-1)! > 4.99, `${numbers.at(-1)}`);
    // Phi(1) - Phi(-1) of .9545 lie within one deviation.
    const near = numbers.filter((value) => Math.abs(value - 1) < 2).length / numbers.length;
    expectClose([near], [0.682689 / 0.9545], 0.005);
  });

  it('outcomes come as often as they are probable, from logits or probabilities, also in a batch', () => {
    const shares = [0.5, 0.2, 0, 0.3];
    const often = (row: tf.Tensor) => {
      assert.equal(row.dtype, 'int32');
      return tf.bincount(row as tf.Tensor1D, [], 4).div(row.size);
    };
    expectClose(often(tf.multinomial(shares, 40000, undefined, true)), shares, 0.01);
    const logits = tf.tensor2d([[0, 0, -Infinity, 0], [5, 5 + Math.log(3), 5, 5]]); // prettier-ignore
    const rows = tf.multinomial(logits, 40000).unstack();
    assert.deepEqual(rows.map(({ shape }) => shape), [[40000], [40000]]); // prettier-ignore
    expectClose(often(rows[0]), [1 / 3, 1 / 3, 0, 1 / 3], 0.01);
    expectClose(often(rows[1]), [1 / 6, 1 / 2, 1 / 6, 1 / 6], 0.01);
    assert.throws(() => tf.multinomial([1], 3), /at least 2 outcomes/);
    leaves(1, () => tf.multinomial([0.5, 0.5], 3, undefined, true)).dispose();
  });

  it('dropout keeps or drops together what shares an axis of length 1, and has a gradient', () => {
    const rows = tf.dropout(ones, 0.5, [40, 1]);
    const sums = [...rows.sum(1).dataSync()];
    assert.ok(sums.includes(0) && sums.includes(100) && new Set(sums).size === 2, `${sums}`);
    const w = sharedX([1, -2, 3, 0.5], 'w');
    const noisy = () => tf.tidy(() => tf.dropout(w, 0.5, [4], 7).square().sum() as tf.Scalar);
    expectGradient(noisy, [w]);
  });

  it('they leave only what they give', () => {
    for (const draw of Object.values(draws)) leaves(1, () => tf.tidy(() => draw(ones))).dispose();
  });

  it('give the same compiled and op by op, in every process', async () => {
    const program = join(__dirname, 'draw.ts');
    const outputs = await Promise.all(
      ['0', '1'].map((TSLEARN2_COMPILE) =>
        runNode(['--import', 'tsx', program], { ...process.env, TSLEARN2_COMPILE }),
      ),
    );
    assert.equal(outputs[0].status, 0, outputs[0].err);
    assert.equal(outputs[0].out.trim().split('\n').length, 4);
    assert.equal(outputs[1].out, outputs[0].out);
  });
});

describe('engine/draws: with a seed', () => {
  it('they are those of tfjs, the same at each call', () => {
    const drawing = makeFunction(() => ({ outputs: tf.randomNormal([3], 0, 1, 'float32', 5) }));
    const compiled = compiledCall(() => drawing());
    const plain = compiling(false, () => tf.randomNormal([3], 0, 1, 'float32', 5));
    expectClose(compiled, plain, 0);
    expectClose(tf.dropout([1, 2, 3], 0.5, undefined, 3), tf.dropout([1, 2, 3], 0.5, undefined, 3), 0); // prettier-ignore
  });
});
