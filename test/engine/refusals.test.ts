import assert from 'node:assert/strict';
import { function as makeFunction, sharedX, tf } from '../../src/engine';
import { compilingAsync, opsOf } from '../support/compiled';
import { expectClose } from '../support/expect';
import { logged } from '../support/log';

type Body = (x: tf.Tensor) => tf.Tensor;

/** Three calls with other numbers each: what they gave, and what was said. */
async function threeCalls(body: Body): Promise<{ given: number[][]; said: string[] }> {
  const given: number[][] = [];
  const lines = await compilingAsync(true, () =>
    logged(() => {
      const mine = makeFunction((x: tf.Tensor) => ({ outputs: body(x) }), { name: 'mine' });
      for (let call = 1; call <= 3; call++)
        given.push([...mine(tf.tensor1d([call, 5])).dataSync()]);
    }),
  );
  assert.ok(lines.every(({ level, where }) => level === 'warning' && where === 'engine'));
  return { given, said: lines.map(({ text }) => text) };
}

describe('engine/compiler: what cannot be compiled', () => {
  it('runs op by op when the body reads values, and says once where', async () => {
    const { given, said } = await threeCalls((x) => x.mul(x.dataSync()[0]));
    assert.deepEqual(given, [[1, 5], [4, 10], [9, 15]]); // prettier-ignore
    assert.equal(said.length, 1);
    assert.match(said[0], /^mine is not compiled .*: it reads the values of a tensor/);
    assert.match(said[0], /refusals\.test\.ts:\d+:\d+/);
  });

  it('says it once for functions of one name that fail at the same line', async () => {
    const body = (x: tf.Tensor) => ({ outputs: x.mul(x.dataSync()[0]) });
    const lines = await compilingAsync(true, () =>
      logged(() => {
        for (const name of ['twin', 'twin', 'other']) makeFunction(body, { name })(tf.scalar(2));
      }),
    );
    assert.deepEqual(
      lines.map(({ text }) => text.split(' ')[0]),
      ['twin', 'other'],
    );
  });

  it('also when it reads a shared variable', async () => {
    const w = sharedX([2, 3], 'w');
    const { given, said } = await threeCalls((x) => {
      const [first] = w.getValue().data as Float32Array;
      w.assign(w.add(1));
      return x.mul(first);
    });
    assert.deepEqual(given, [[2, 10], [6, 15], [12, 20]]); // prettier-ignore
    assert.match(said[0], /reads the values/);
    expectClose(w, [5, 6]);
  });

  it('also when shapes depend on values, naming the op', async () => {
    const { given, said } = await threeCalls((x) => tf.unique(tf.concat([x, x])).values);
    assert.deepEqual(given, [[1, 5], [2, 5], [3, 5]]); // prettier-ignore
    assert.match(said[0], /op UniqueV2/);
  });

  it('also when it draws from the generator of JavaScript', async () => {
    const { given, said } = await threeCalls((x) => x.mul(Math.random()));
    assert.equal(new Set(given.flat()).size, 6);
    assert.match(said[0], /Math\.random, at .*refusals\.test\.ts/);
  });

  it('also when it sets a variable of tfjs', async () => {
    const variable = tf.variable(tf.scalar(0));
    const { given, said } = await threeCalls((x) => {
      variable.assign(variable.add(1));
      return x.mul(variable);
    });
    assert.deepEqual(given, [[1, 5], [4, 10], [9, 15]]); // prettier-ignore
    assert.match(said[0], /tf\.Variable/);
    variable.dispose();
  });

  it('also when an op of TensorFlow keeps a state', async () => {
    const { given, said } = await threeCalls((x) =>
      (tf.multinomial(tf.zeros([1000]) as tf.Tensor1D, 2, 1 + x.size) as tf.Tensor).cast('float32'),
    );
    assert.equal(new Set(given.map((pair) => pair.join())).size > 1, true);
    assert.match(said[0], /op Multinomial keeps a state of its own/);
  });

  it('says which index of a gather is out of bounds, as op by op', async () => {
    const rows = tf.tensor1d([1, 2, 3]);
    await compilingAsync(true, async () => {
      const pick = makeFunction((numbers: tf.Tensor) => ({
        outputs: rows.gather(numbers as tf.Tensor1D),
      }));
      const take = (numbers: number[]) => pick(tf.tensor1d(numbers, 'int32'));
      [0, 1, 2].forEach((i) => expectClose(take([i, 2 - i]), [i + 1, 3 - i]));
      const failing = () => assert.throws(() => take([1, 3]), /index value 3 is not in \[0, 2\]/);
      assert.deepEqual(await logged(failing), []);
      assert.equal(opsOf(() => take([1, 2])).ops.length, 1);
    });
  });

  it('works on strings op by op without a word', async () => {
    const lines = await compilingAsync(true, () =>
      logged(() => {
        const same = makeFunction((x: tf.Tensor) => ({ outputs: x.clone() }));
        for (let i = 0; i < 3; i++) {
          assert.deepEqual([...same(tf.tensor1d(['a', 'b'])).dataSync()], ['a', 'b']);
        }
      }),
    );
    assert.deepEqual(lines, []);
  });

  it('compiles nothing when compiling is turned off', async () => {
    await compilingAsync(false, async () => {
      const add = makeFunction((x: tf.Tensor) => ({ outputs: x.add(1).mul(2) }));
      const calls = [1, 2, 3].map((n) => opsOf(() => add(tf.scalar(n))));
      assert.deepEqual(calls.map(({ ops }) => ops.filter((op) => op === 'Mul').length), [1, 1, 1]); // prettier-ignore
    });
  });
});
