import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import type { Channels } from '../../../src/models';
import { BGD, type BGDOptions } from '../../../src/training_algorithms/bgd';
import { interrupt } from '../../../src/utils/interrupt';
import { compilingAsync } from '../../support/compiled';
import { expectClose, leavesAsync } from '../../support/expect';
import { logged, quietly } from '../../support/log';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyCost, TinyModel, valuesOf } from '../../support/tiny_model';

const LINE = { initAlpha: [0.5, 1], updatesPerBatch: 1 };

function make(options: Partial<BGDOptions> = {}): BGD {
  return new BGD({ batchSize: 2, cost: new TinyCost(), ...options });
}

/** Minimises half the squared distance of w to the mean of two examples, in two batches. */
async function setUp(options: Partial<BGDOptions> = {}, model = new TinyModel({ start: [9, 9] })) {
  const algorithm = make(options);
  const dataset = new TinyDataset([
    [1, 2],
    [5, 4],
    [-1, 0],
    [1, 0],
  ]);
  await quietly(() => algorithm.setup(model, dataset));
  return { algorithm, model, dataset };
}

describe('training_algorithms/bgd/bgd', () => {
  it('searches along the gradient on one batch after the other', async () => {
    const { algorithm, model, dataset } = await setUp(LINE);
    assert.equal(await algorithm.train(dataset), true);
    // Steps of 1 against (6, 6) and then against (9 - a, 9 - a), a = 1 / sqrt 2.
    expectClose(valuesOf(model.w), [9 - Math.SQRT2, 9 - Math.SQRT2]);
    assert.equal(model.monitor!.getBatchesSeen(), 2);
    assert.equal(model.monitor!.getExamplesSeen(), 4);
  });

  it('finds the minimum on each batch when it searches long enough', async () => {
    const { algorithm, model, dataset } = await setUp({ lineSearchMode: 'exhaustive' });
    await algorithm.train(dataset);
    expectClose(valuesOf(model.w), [0, 0], 0.01);
  });

  it('goes only a share of the way when scaleStep is not 1', async () => {
    const { algorithm, model, dataset } = await setUp({ ...LINE, scaleStep: 0.25 });
    await algorithm.train(dataset);
    expectClose(valuesOf(model.w), [9 - Math.SQRT2 / 4, 9 - Math.SQRT2 / 4]);
  });

  it('takes 0 and 1 for false and true, as files for Pylearn2 have them', () => {
    assert.doesNotThrow(() => make({ conjugate: 1, resetAlpha: 0 } as object));
  });

  it('watches steps and gradients by three channels on the first dataset', async () => {
    const train = new TinyDataset([[1, 2]]);
    const valid = new TinyDataset([[0, 0]]);
    const { algorithm, model, dataset } = await setUp({
      ...LINE,
      monitoringDataset: { train, valid },
    });
    await algorithm.train(dataset);
    await quietly(() => model.monitor!.monitor());
    const last = (name: string) => model.monitor!.channels.get(name).last();
    const [first, second] = [6 * Math.SQRT2, 9 * Math.SQRT2 - 1];
    expectClose(last('ave_step_size'), 1);
    expectClose(last('ave_grad_size'), 0.99 * first + 0.01 * second);
    expectClose(last('ave_grad_mult'), 0.99 / first + 0.01 / second);
    assert.ok(model.monitor!.channels.has('valid_objective'));
    assert.ok(!model.monitor!.channels.has('learning_rate'));
  });

  it('stops within a batch when interrupted, and goes on as if it had not', async () => {
    const options = { lineSearchMode: 'exhaustive', scaleStep: 0.5, conjugate: true } as const;
    const whole = await setUp(options);
    await whole.algorithm.train(whole.dataset);
    class Interrupting extends TinyCost {
      override expr(model: TinyModel, data: Parameters<TinyCost['expr']>[1]): tf.Scalar {
        interrupt();
        return super.expr(model, data);
      }
    }
    const { algorithm, model, dataset } = await setUp({ ...options, cost: new Interrupting() });
    let calls = 1;
    // Compiled, the cost would interrupt only when it is traced.
    await compilingAsync(false, async () => {
      while (!(await algorithm.train(dataset))) calls += 1;
    });
    // Ten searches on each of two batches; after the last one of an epoch nothing is left to stop.
    assert.ok(calls > 10, `${calls}`);
    assert.equal(model.monitor!.getBatchesSeen(), 2);
    expectClose(valuesOf(model.w), valuesOf(whole.model.w), 0);
  });

  it('goes on from a saved state as the original would', async () => {
    const options = {
      conjugate: true,
      resetConjugate: false,
      resetAlpha: false,
      updatesPerBatch: 2,
    };
    const [original, copy] = [await setUp(options), await setUp(options)];
    await original.algorithm.train(original.dataset);
    copy.algorithm.setState(original.model.optimiserState!());
    copy.model.setParamValues(original.model.getParamValues());
    for (const { algorithm, dataset } of [original, copy]) await algorithm.train(dataset);
    expectClose(valuesOf(copy.model.w), valuesOf(original.model.w), 0);
  });

  it('leaves no tensor behind, and none at all when disposed of', async () => {
    const before = tf.memory().numTensors;
    const { algorithm, model, dataset } = await setUp({ scaleStep: 0.5 });
    await leavesAsync(0, () => algorithm.train(dataset));
    algorithm.dispose();
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuses costs that draw at random or have no value, and warns when it cannot know', async () => {
    class Drawing extends TinyCost {
      override isStochastic(): boolean {
        return true;
      }
    }
    await assert.rejects(
      setUp({ cost: new Drawing() }),
      /bgd\.BGD: line searches cannot follow a stochastic Drawing/,
    );
    class Silent extends TinyCost {
      override isStochastic(): never {
        return undefined as never;
      }
    }
    const lines = await logged(() =>
      make({ cost: new Silent() }).setup(new TinyModel(), new TinyDataset([[1]])),
    );
    assert.match(lines[0].text, /Silent does not say whether it is stochastic/);
    class Intractable extends TinyCost {
      override expr(): never {
        return null as never;
      }
      override getMonitoringChannels(): Channels {
        return {};
      }
    }
    await assert.rejects(
      setUp({ cost: new Intractable() }),
      /Intractable has no tractable value, which line searches compare/,
    );
  });

  it('refuses options that make no sense', () => {
    const refuses = (options: object, problem: RegExp) =>
      assert.throws(() => make(options), problem);
    refuses({ lineSearchMode: 'exhaustiv' }, /bgd\.BGD: option `lineSearchMode`/);
    refuses({ updatesPerBatch: 0 }, /`updatesPerBatch`/);
    refuses({ conjugates: true }, /no option `conjugates`. Did you mean `conjugate`/);
    refuses({ monitoringBatches: 2 }, /`monitoringBatches`: expected none without/);
    refuses({ initAlpha: [1, 0.5] }, /`initAlpha`: expected increasing step lengths/);
  });
});
