import assert from 'node:assert/strict';
import { function as makeFunction, grad, RandomStream, sharedX, tf } from '../../src/engine';
import { NdArray } from '../../src/utils/nd_array';
import { compiledCall, compiling, opsOf } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';

/** Adds its input to a shared variable and gives the sum of both before. */
function accumulator(start: number[]) {
  const total = sharedX(start, 'total');
  const add = makeFunction(
    (x: tf.Tensor) => ({
      outputs: x.add(total).sum(),
      updates: new Map([[total, total.add(x)]]),
    }),
    { name: 'add' },
  );
  return { total, add };
}

describe('engine/compiler', () => {
  it('runs a function as one op from the second call with the same shapes on', () =>
    compiling(true, () => {
      const { add } = accumulator([1, 2]);
      const x = tf.tensor1d([1, 1]);
      const calls = [1, 2, 3].map(() => opsOf(() => add(x)).ops);
      assert.ok(calls[0].length > 1 && calls[0].includes('Add'), calls[0].join());
      assert.deepEqual(calls.slice(1).map((ops) => ops.length), [1, 1]); // prettier-ignore
    }));

  it('gives the same whether traced, compiled or neither', () => {
    const run = (on: boolean) =>
      compiling(on, () => {
        const { add, total } = accumulator([1, 2]);
        const x = tf.tensor1d([0.1, 0.2]);
        const sums = [1, 2, 3, 4].map(() => add(x).dataSync()[0]);
        return [...sums, ...total.dataSync()];
      });
    expectClose(run(true), run(false), 0);
  });

  it('has side effects once, also when it traces', () =>
    compiling(true, () => {
      const { add, total } = accumulator([0]);
      const x = tf.tensor1d([1]);
      [1, 2, 3].forEach((count) => {
        add(x);
        expectClose(total, [count]);
      });
    }));

  it('leaves its outputs and nothing else, traced and compiled', () =>
    compiling(true, () => {
      const { add } = accumulator([0]);
      const x = tf.tensor1d([1]);
      for (let call = 0; call < 4; call++) leaves(1, () => add(x));
      leaves(0, () => tf.tidy(() => void add(x)));
    }));

  it('shares variables with other functions and with eager code', () => {
    const w = sharedX([1, 2], 'w');
    const read = makeFunction(() => ({ outputs: w.mul(10) }));
    const double = makeFunction(() => ({ outputs: [], updates: new Map([[w, w.mul(2)]]) }));
    compiledCall(read);
    compiledCall(double);
    expectClose(w, [8, 16]);
    expectClose(compiledCall(read), [80, 160]);
    w.setValue(new NdArray(Float32Array.of(3, 4), [2]));
    expectClose(compiledCall(read), [30, 40]);
    w.assign(tf.tensor1d([5, 6]));
    compiledCall(double);
    expectClose(w.add(1), [41, 49]);
  });

  it('leaves a copy of a variable as it was', () => {
    const w = sharedX([1], 'w');
    const double = makeFunction(() => ({ outputs: [], updates: new Map([[w, w.mul(2)]]) }));
    const [copy] = [w.clone(), compiledCall(double)];
    expectClose(copy, [1]);
    expectClose(w, [8]);
    leaves(-1, () => copy.dispose());
    leaves(0, () => compiledCall(double));
    expectClose(w, [64]);
  });

  it('takes a smaller last batch', () =>
    compiling(true, () => {
      const w = sharedX([1, 2], 'w');
      const mean = makeFunction((x: tf.Tensor) => ({ outputs: x.mul(w).mean() }));
      const [whole, odd] = [tf.ones([4, 2]), tf.fill([3, 2], 2)];
      for (let epoch = 0; epoch < 3; epoch++) {
        expectClose(mean(whole), 1.5);
        expectClose(mean(odd), 3);
      }
      assert.equal(opsOf(() => mean(whole)).ops.length, 1);
      assert.equal(opsOf(() => mean(odd)).ops.length, 1);
    }));

  it('goes on when there are more shapes than are kept', () =>
    compiling(true, () => {
      const sum = makeFunction((x: tf.Tensor) => ({ outputs: x.sum() }));
      for (let round = 0; round < 3; round++) {
        for (let size = 1; size <= 20; size++) expectClose(sum(tf.ones([size])), size);
      }
    }));

  it('computes all updates before it sets any', () => {
    const [a, b] = [sharedX(1, 'a'), sharedX(2, 'b')];
    const swap = makeFunction(() => ({
      outputs: [a.clone(), b.clone()],
      updates: new Map([
        [a, b],
        [b, a],
      ]),
    }));
    const before = compiledCall(() => swap());
    expectClose([before[0].dataSync()[0], before[1].dataSync()[0]], [1, 2]);
    expectClose([a.dataSync()[0], b.dataSync()[0]], [2, 1]);
  });

  it('sees within the body what the body assigned', () => {
    const w = sharedX(1, 'w');
    const twice = makeFunction(() => {
      w.assign(w.add(1));
      const between = w.mul(10);
      w.assign(w.mul(2));
      return { outputs: between };
    });
    // 1 -> 4 -> 10 -> 22
    expectClose(
      compiledCall(() => twice()),
      110,
    );
    expectClose(w, 22);
  });

  it('draws the same random numbers as eager execution, new ones at each call', () => {
    const run = (on: boolean) =>
      compiling(on, () => {
        const stream = new RandomStream(7);
        const draw = makeFunction((x: tf.Tensor) => ({
          outputs: tf.concat([stream.uniform([2]).mul(x), stream.binomial([2], 0.5)]),
        }));
        const drawn = [1, 2, 3].map(() => [...draw(tf.ones([2])).dataSync()]);
        return { drawn, state: stream.getState() };
      });
    const compiled = run(true);
    assert.deepEqual(compiled, run(false));
    assert.equal(new Set(compiled.drawn.map((one) => one[0])).size, 3);
    assert.equal(compiled.state.drawn, 6);
  });

  it('gives outputs in the containers that the body gave', () => {
    const w = sharedX([1, 2], 'w');
    const constant = tf.scalar(9);
    const all = makeFunction((x: tf.Tensor) => {
      const twice = x.mul(2);
      return {
        outputs: {
          x,
          w,
          constant,
          copy: x.clone(),
          pair: [twice, twice],
          fresh: tf.scalar(3),
          n: 4,
        },
      } as const;
    });
    const [first, second] = [tf.scalar(1), tf.scalar(2)];
    let calls = 0;
    const given = compiledCall(
      () => all((calls += 1) < 3 ? first.clone() : second) as unknown as tf.TensorContainerObject,
    );
    assert.equal(given.x, second);
    assert.equal(given.w, w);
    assert.equal(given.constant, constant);
    const [copy, pair] = [given.copy as tf.Tensor, given.pair as tf.Tensor[]];
    assert.notEqual(copy, second);
    assert.equal(pair[0], pair[1]);
    expectClose(
      [copy, ...pair, given.fresh as tf.Tensor].map((one) => one.dataSync()[0]),
      [2, 4, 4, 3],
    );
    assert.equal(given.n, 4);
  });

  it('tells apart arguments that were one tensor, and a variable given as an argument', () => {
    const w = sharedX(5, 'w');
    const subtract = makeFunction((x: tf.Tensor, y: tf.Tensor) => ({ outputs: x.sub(y).mul(w) }));
    compiling(true, () => {
      subtract(w, w);
      expectClose(subtract(tf.scalar(3), tf.scalar(1)), 10);
      expectClose(subtract(w, tf.scalar(1)), 20);
    });
  });

  it('uses tensors from outside, also variables of tfjs, while they are there', () => {
    const outside = tf.tensor1d([1, 2]);
    const variable = tf.variable(tf.tensor1d([10, 20]));
    const sum = makeFunction((x: tf.Tensor) => ({ outputs: x.add(outside).add(variable.clone()) }));
    expectClose(
      compiledCall(() => sum(tf.scalar(1))),
      [12, 23],
    );
    variable.assign(tf.tensor1d([100, 200]));
    expectClose(
      compiling(true, () => sum(tf.scalar(1))),
      [102, 203],
    );
    outside.dispose();
    const message = (on: boolean) => {
      try {
        compiling(on, () => sum(tf.scalar(1)));
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.ok(message(true));
    assert.equal(message(true), message(false));
    variable.dispose();
  });

  it('lets a body fail and changes nothing then', () =>
    compiling(true, () => {
      const w = sharedX(1, 'w');
      const failing = makeFunction(() => {
        w.assign(w.add(1));
        throw new Error('no');
      });
      leaves(0, () => assert.throws(() => failing(), /^Error: no$/));
      expectClose(w, 1);
      expectClose(w.add(1), 2);
    }));

  it('is part of what is differentiated around it', () =>
    compiling(true, () => {
      const w = sharedX(3, 'w');
      const square = makeFunction(() => ({ outputs: w.square() as tf.Scalar }));
      compiledCall(() => square());
      const { grads } = grad(() => square(), [w]);
      expectClose(grads[0], 6);
    }));

  it('takes in functions that its body calls', () => {
    const w = sharedX(1, 'w');
    const inner = makeFunction((x: tf.Tensor) => ({
      outputs: x.mul(w),
      updates: new Map([[w, w.add(1)]]),
    }));
    const outer = makeFunction((x: tf.Tensor) => ({ outputs: inner(x).add(inner(x)) }));
    // 1 + 2, 3 + 4, 5 + 6
    expectClose(
      compiledCall(() => outer(tf.scalar(1))),
      11,
    );
    expectClose(w, 7);
  });

  it('meets variables that the body makes when it runs first', () => {
    let state: ReturnType<typeof sharedX> | undefined;
    const count = makeFunction(() => {
      state ??= sharedX(0, 'state');
      return { outputs: state.mul(10), updates: new Map([[state, state.add(1)]]) };
    });
    expectClose(
      compiledCall(() => count()),
      20,
    );
    expectClose(state!, 3);
  });
});
