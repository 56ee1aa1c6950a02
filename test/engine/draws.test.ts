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
