import assert from 'node:assert/strict';
import { type SharedVariable, sharedX, tf } from '../../../src/engine';
import {
  BatchGradientDescent,
  type BatchGradientDescentOptions,
} from '../../../src/optimization/batch_gradient_descent';
import { interrupt, interruptSignal } from '../../../src/utils/interrupt';
import { expectClose, leaves, leavesAsync } from '../../support/expect';
import { logged } from '../../support/log';

/** Half of a x^2 + b y^2. */
function bowl(xy: SharedVariable, a = 1, b = 1) {
  return () => xy.square().mul([a, b]).sum().mul(0.5) as tf.Scalar;
}

/** (1 - x)^2 + 10 (y - x^2)^2: a bent valley. */
function valley(xy: SharedVariable) {
  return () => {
    const [x, y] = tf.unstack(xy);
    const floor = y.sub(x.square()).square().mul(10);
    return x.neg().add(1).square().add(floor) as tf.Scalar;
  };
}

function descent(xy: SharedVariable, options: Partial<BatchGradientDescentOptions>) {
  return new BatchGradientDescent({ objective: bowl(xy), params: [xy], ...options });
}

describe('optimization/batch_gradient_descent', () => {
  it('moves against the normalised gradient by the best step', async () => {
    // The gradient at (3, 4) has the norm 5; steps .5 and 2 lead to 4.5/5 and 3/5 of the way.
    const xy = sharedX([3, 4], 'xy');
    const optimizer = descent(xy, { maxIter: 1, initAlpha: [0.5, 2] });
    const objective = await optimizer.minimize([]);
    expectClose(xy, [1.8, 2.4]);
    expectClose(objective, 4.5);
  });

  it('steps along the former direction as well when conjugate', async () => {
    // Objective (x^2 + 4 y^2) / 2 from (4, 1): gradient (4, 4), norm 4 sqrt 2; step sqrt 2 leads to
    // (3, 0). There the gradient is (3, 0), the former direction (4, 4):
    // beta = (9 - 12) / 32 < 0, so none of it. From (4, 1) by 2 sqrt 2: (2, -1), gradient (2, -4):
    // beta = (20 + 8) / 32 = .875, direction (5.5, -.5).
    const start = [4, 1];
    const steps = [Math.SQRT2, 2 * Math.SQRT2].map(async (first) => {
      const xy = sharedX(start, 'xy');
      const objective = bowl(xy, 1, 4);
      const options = { objective, conjugate: true, resetConjugate: false, maxIter: 1 };
      const optimizer = descent(xy, { ...options, initAlpha: [first], resetAlpha: false });
      await optimizer.minimize([]);
      return { xy, optimizer };
    });
    const [reset, conjugate] = await Promise.all(steps);
    expectClose(reset.xy, [3, 0]);
    expectClose(conjugate.xy, [2, -1]);
  });

  it('mixes 7/8 of the former direction in, by the formula of Polak and Ribiere', async () => {
    const xy = sharedX([4, 1], 'xy');
    const options = { objective: bowl(xy, 1, 4), conjugate: true, maxIter: 2 };
    const optimizer = descent(xy, { ...options, initAlpha: [2 * Math.SQRT2] });
    await optimizer.minimize([]);
    // After one step of 2 sqrt 2 (the only one, hence doubled): direction (5.5, -.5) / 5.5227; a
    // step of 4 sqrt 2 is no better than none, so that only the averages tell: norm 5.5227.
    const [, gradient] = optimizer.averages.getState().values;
    expectClose(gradient, 0.01 * Math.hypot(5.5, 0.5) + 0.99 * 4 * Math.SQRT2);
  });

  it('takes the normalised direction for the former one at a call that does not reset it', async () => {
    const norms: number[] = [];
    for (const resetConjugate of [true, false]) {
      const xy = sharedX([4, 1], 'xy');
      const options = { objective: bowl(xy, 1, 4), conjugate: true, resetConjugate, maxIter: 1 };
      const optimizer = descent(xy, { ...options, initAlpha: [2 * Math.SQRT2] });
      await optimizer.minimize([]);
      await optimizer.minimize([]);
      const [, gradient] = optimizer.averages.getState().values;
      norms.push((gradient - 0.99 * 4 * Math.SQRT2) / 0.01);
    }
    // At (2, -1): the gradient (2, -4) alone; or with beta = (20 + sqrt 2) / 1 of (1, 1) / sqrt 2.
    const share = (20 + Math.SQRT2) / Math.SQRT2;
    expectClose(norms[0], Math.sqrt(20), 1e-3);
    expectClose(norms[1], Math.hypot(2 + share, -4 + share), 1e-3);
  });

  it('bounds each point of a search by the constraints', async () => {
    const xy = sharedX([3, 4], 'xy');
    const optimizer = descent(xy, {
      maxIter: 1,
      initAlpha: [5],
      paramConstrainers: [(updates) => updates.set(xy, updates.get(xy)!.maximum(1))],
    });
    const objective = await optimizer.minimize([]);
    expectClose(xy, [1, 1]);
    expectClose(objective, 1);
  });

  it('scales the steps of the parameters that have a factor', async () => {
    const [x, y] = [sharedX(3, 'x'), sharedX(4, 'y')];
    const optimizer = new BatchGradientDescent({
      objective: () => x.square().add(y.square()).mul(0.5) as tf.Scalar,
      params: [x, y],
      lrScalers: new Map([[y, 0.5]]),
      maxIter: 1,
      initAlpha: [1],
    });
    await optimizer.minimize([]);
    expectClose([x.dataSync()[0], y.dataSync()[0]], [3 - 0.6, 4 - 0.5 * 0.8]);
  });

  it('averages what the steps were like: the first whole, later ones by a hundredth', async () => {
    const xy = sharedX([3, 4], 'xy');
    const optimizer = descent(xy, { maxIter: 2, initAlpha: [0.5, 1, 20] });
    await optimizer.minimize([]);
    // Steps of 1 at the norms 5 and 4.
    const { stepSize, gradSize, gradMult } = optimizer.averages;
    expectClose([stepSize.dataSync()[0], gradSize.dataSync()[0]], [1, 0.99 * 5 + 0.01 * 4]);
    expectClose(gradMult, 0.99 / 5 + 0.01 / 4);
  });

  it('goes down a bent valley in both modes, and faster when it searches exhaustively', async () => {
    const reached: number[] = [];
    for (const lineSearchMode of [null, 'exhaustive'] as const) {
      const xy = sharedX([-1, 1], 'xy');
      const optimizer = descent(xy, {
        objective: valley(xy),
        lineSearchMode,
        conjugate: true,
        maxIter: 40,
      });
      reached.push(await optimizer.minimize([]));
    }
    assert.ok(reached[0] < 2, `${reached[0]}`);
    assert.ok(reached[1] < 1e-3 && reached[1] < reached[0], `${reached[1]}`);
  });

  it('carries the steps over to the next call if they are not reset', async () => {
    const ends: number[][] = [];
    for (const resetAlpha of [true, false]) {
      const xy = sharedX([30, 40], 'xy');
      const optimizer = descent(xy, { maxIter: 1, initAlpha: [1, 2], resetAlpha });
      await optimizer.minimize([]);
      await optimizer.minimize([]);
      ends.push([...xy.dataSync()]);
    }
    // Steps 2 and 2 when reset; 2 and, doubled, 4 when not.
    expectClose(ends[0], [30 - 2.4, 40 - 3.2]);
    expectClose(ends[1], [30 - 3.6, 40 - 4.8]);
  });

  it('ends where the gradient is zero', async () => {
    const xy = sharedX([0, 0], 'xy');
    for (const lineSearchMode of [null, 'exhaustive'] as const) {
      assert.equal(await descent(xy, { lineSearchMode }).minimize([]), 0);
      expectClose(xy, [0, 0]);
    }
  });

  it('lowers the mean over the examples of several batches', async () => {
    const means: number[] = [];
    for (const accumulate of [true, false]) {
      const w = sharedX([0], 'w');
      const optimizer = new BatchGradientDescent({
        objective: ([x]) => x.sub(w).square().mean() as tf.Scalar,
        params: [w],
        accumulate,
        lineSearchMode: 'exhaustive',
        maxIter: 10,
      });
      const parts = [tf.tensor([1, 2, 3, 8]), tf.tensor([4])];
      const inputs = accumulate ? parts.map((part) => [part]) : [tf.concat(parts)];
      means.push(await optimizer.minimize(inputs as tf.Tensor[]), w.dataSync()[0]);
    }
    // The mean of 1, 2, 3, 8, 4 is 3.6, their variance 5.84.
    expectClose(means, [5.84, 3.6, 5.84, 3.6], 1e-2);
    expectClose(means[0], means[2], 1e-6);
  });

  it('updates what belongs to the gradients with them', async () => {
    const [xy, calls] = [sharedX([3, 4], 'xy'), sharedX(0, 'calls')];
    const optimizer = descent(xy, {
      maxIter: 3,
      gradients: () => ({
        cost: bowl(xy)(),
        gradients: new Map([[xy, xy.clone()]]),
        updates: new Map([[calls, calls.add(1)]]),
      }),
    });
    await optimizer.minimize([]);
    expectClose(calls, 3);
  });

  it('stops at the end of an iteration when interrupted, and goes on as if it had not', async () => {
    const whole = sharedX([-1, 1], 'xy');
    const options = { lineSearchMode: 'exhaustive', conjugate: true, maxIter: 6 } as const;
    await descent(whole, { ...options, objective: valley(whole) }).minimize([]);
    const cut = sharedX([-1, 1], 'xy');
    const optimizer = descent(cut, { ...options, objective: valley(cut) });
    let calls = 0;
    do {
      const signal = interruptSignal();
      interrupt();
      await optimizer.minimize([], signal);
      calls += 1;
    } while (optimizer.interrupted);
    assert.equal(calls, 6);
    expectClose(cut, whole, 0);
  });

  it('leaves the parameters at the start of the line when the objective fails', async () => {
    const xy = sharedX([3, 4], 'xy');
    let fails = false;
    const objective = () => {
      if (fails) throw new Error('no such batch');
      return bowl(xy)();
    };
    const gradients = () => ({
      cost: bowl(xy)(),
      gradients: new Map([[xy, xy.clone()]]),
      updates: new Map(),
    });
    const optimizer = descent(xy, { objective, gradients, maxIter: 1 });
    fails = true;
    await assert.rejects(optimizer.minimize([]), /no such batch/);
    expectClose(xy, [3, 4]);
    assert.equal(optimizer.interrupted, false);
  });

  it('says so when the objective is no number at the parameters', async () => {
    const xy = sharedX([-1, 1], 'xy');
    const optimizer = descent(xy, { objective: () => xy.log().sum() as tf.Scalar });
    await assert.rejects(optimizer.minimize([]), /the objective is NaN at the parameters/);
  });

  it('continues from a saved state as the original would', async () => {
    const options = { conjugate: true, resetConjugate: false, resetAlpha: false, maxIter: 3 };
    const make = (xy: SharedVariable) => descent(xy, { ...options, objective: valley(xy) });
    const xy = sharedX([-1, 1], 'xy');
    const original = make(xy);
    await original.minimize([]);
    const copied = sharedX(xy, 'copied');
    const copy = make(copied);
    copy.setState(original.getState());
    await original.minimize([]);
    await copy.minimize([]);
    expectClose(copied, xy, 0);
    expectClose(copy.averages.getState().values, original.averages.getState().values, 0);
  });

  it('leaves no tensor behind, and none at all when disposed of', async () => {
    const xy = sharedX([3, 4], 'xy');
    const before = tf.memory().numTensors;
    const optimizer = descent(xy, { conjugate: true, maxIter: 4, lineSearchMode: 'exhaustive' });
    await leavesAsync(0, () => optimizer.minimize([]));
    leaves(before - tf.memory().numTensors, () => optimizer.dispose());
  });

  it('tells about iterations and points when asked to', async () => {
    const optimizer = descent(sharedX([3, 4], 'xy'), { maxIter: 1, initAlpha: [5], verbose: 2 });
    const lines = await logged(() => optimizer.minimize([]));
    assert.deepEqual(
      lines.map(({ text }) => text.split(' ')[0]),
      ['\t5', 'iteration'],
    );
  });

  it('refuses options that make no sense', () => {
    const xy = sharedX([3, 4], 'xy');
    const where = /optimization\.batch_gradient_descent\.BatchGradientDescent: /;
    assert.throws(() => descent(xy, { initAlpha: [1, 0.5] }), /`initAlpha`: expected increasing/);
    assert.throws(() => descent(xy, { lineSearchMode: 'exhausted' as never }), where);
    assert.throws(() => descent(xy, { params: [] }), /`params`/);
    assert.throws(() => descent(xy, { maxIter: 0 }), /`maxIter`/);
  });
});
