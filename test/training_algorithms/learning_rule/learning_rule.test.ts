import assert from 'node:assert/strict';
import { type SharedVariable, tf } from '../../../src/engine';
import {
  Adam,
  AdamW,
  AdaDelta,
  AdaGrad,
  type LearningRule,
  Momentum,
  RMSProp,
} from '../../../src/training_algorithms/learning_rule';
import { SGD } from '../../../src/training_algorithms/sgd';
import { sharedX } from '../../../src/engine';
import { expectClose, leaves, leavesAsync } from '../../support/expect';
import { logged, quietly } from '../../support/log';
import { TinyCost, TinyModel, valuesOf } from '../../support/tiny_model';
import { load } from '../../support/yaml';
import { TinyDataset } from '../../support/tiny_dataset';

/** Factor .5 on the learning rate. */
class ScaledModel extends TinyModel {
  override getLrScalers(): Map<SharedVariable, number> {
    return new Map([[this.w, 0.5]]);
  }
}

/** Minimises (w - 1)^2 / 2 from w = 3: the gradient is w - 1. */
function setUp(rule: LearningRule | null, model: TinyModel = new TinyModel({ start: [3] })) {
  const dataset = new TinyDataset([[1]]);
  const algorithm = new SGD({
    learningRate: 0.1,
    batchSize: 1,
    cost: new TinyCost(),
    learningRule: rule,
    trainIterationMode: 'sequential',
    monitoringDataset: dataset,
  });
  return quietly(() => algorithm.setup(model, dataset)).then(() => ({ algorithm, model, dataset }));
}

/** The parameter after each of two steps. */
async function twoSteps(rule: LearningRule | null, given?: TinyModel): Promise<number[]> {
  const { algorithm, model, dataset } = await setUp(rule, given);
  await algorithm.train(dataset);
  const [first] = valuesOf(model.w);
  await algorithm.train(dataset);
  return [first, valuesOf(model.w)[0]];
}

describe('training_algorithms/learning_rule', () => {
  it('without a rule steps against the gradient', async () => {
    expectClose(await twoSteps(null), [2.8, 2.62]);
  });

  it('Momentum keeps a share of the last step', async () => {
    // v = -.2; then v = -.1 - .18.
    expectClose(await twoSteps(new Momentum({ initMomentum: 0.5 })), [2.8, 2.52]);
  });

  it("Momentum steps by Nesterov's method when asked to", async () => {
    // v = -.2, step .5 v - .2; then v = -.1 - .17, step .5 v - .17.
    const rule = new Momentum({ initMomentum: 0.5, nesterovMomentum: true });
    expectClose(await twoSteps(rule), [2.7, 2.395]);
  });

  it('AdaGrad divides by the root of the sum of squares', async () => {
    // 3 - .2 / 2; then the sum is 4 + 1.9^2.
    expectClose(await twoSteps(new AdaGrad()), [2.9, 2.9 - 0.19 / Math.sqrt(7.61)]);
  });

  it('AdaGrad and RMSProp multiply by no more than maxScaling', async () => {
    expectClose((await twoSteps(new AdaGrad({ maxScaling: 0.25 })))[0], 3 - 0.2 / 4);
    expectClose((await twoSteps(new RMSProp({ maxScaling: 0.25 })))[0], 3 - 0.2 / 4);
  });

  it('RMSProp divides by the root of the running mean of squares', async () => {
    // E = .4; then E = .36 + .1 * 1.683772^2 = .643509.
    expectClose(await twoSteps(new RMSProp()), [2.6837722, 2.4738753]);
  });

  it('AdaDelta steps as far as recent steps went, the learning rate being its epsilon', async () => {
    // E = .2, step -sqrt(.1 / .3) * 2; then D = .05 * 4/3, E = .19 + .05 * .8452995^2.
    expectClose(await twoSteps(new AdaDelta()), [1.8452995, 1.2406435]);
  });

  it('Adam steps by the mean gradient over its size, both corrected for their start', async () => {
    // m = .2, v = .004: the first step is the learning rate. Then m = .18 + .19, v = .003996 +
    // .00361, over 1 - .81 and 1 - .998001.
    const step = (0.1 * (0.37 / 0.19)) / Math.sqrt(0.007606 / 0.001999);
    expectClose(await twoSteps(new Adam()), [2.9, 2.9 - step]);
  });

  it('Adam without memory steps by the learning rate, whatever the gradient', async () => {
    expectClose(await twoSteps(new Adam({ b1: 0, b2: 0 })), [2.9, 2.8]);
    // 2 / (2 + 2) of a step, then 1.95 / (1.95 + 2).
    const rule = new Adam({ b1: 0, b2: 0, epsilon: 2 });
    expectClose(await twoSteps(rule), [2.95, 2.95 - (0.1 * 1.95) / 3.95]);
  });

  it('AdamW also takes off a share of the parameter, which its means do not see', async () => {
    const rule = new AdamW({ b1: 0, b2: 0, weightDecay: 0.5 });
    expectClose(await twoSteps(rule), [3 * 0.95 - 0.1, (3 * 0.95 - 0.1) * 0.95 - 0.1]);
    const adam = await twoSteps(new Adam());
    expectClose(await twoSteps(new AdamW({ weightDecay: 0 })), adam);
  });

  it('Adam begins again when it is set up anew', async () => {
    const rule = new Adam();
    await twoSteps(rule);
    expectClose((await twoSteps(rule))[0], 2.9);
  });

  it('Adam and AdamW are named in YAML, and so are wrong options', () => {
    const name = 'pylearn2.training_algorithms.learning_rule';
    assert.ok(load(`!obj:${name}.AdamW { weight_decay: .1, b1: .8 }`) instanceof AdamW);
    assert.throws(
      () => load(`!obj:${name}.Adam { weight_decay: .1 }`),
      /no option `weight_decay`\. Did you mean/,
    );
    assert.throws(
      () => load(`!obj:${name}.AdamW { weight_decy: .1 }`),
      /Did you mean `weight_decay`\?/,
    );
  });

  it('all rules scale the learning rate of the parameters that have a factor', async () => {
    const first = async (rule: LearningRule | null) =>
      (await twoSteps(rule, new ScaledModel({ start: [3] })))[0];
    expectClose(await first(null), 2.9);
    expectClose(await first(new Momentum({ initMomentum: 0.5 })), 2.9);
    expectClose(await first(new AdaGrad()), 2.95);
    expectClose(await first(new RMSProp()), 3 - 0.1 / Math.sqrt(0.4));
    expectClose(await first(new AdaDelta()), 3 - 2 * Math.sqrt(0.05 / 0.25));
    expectClose(await first(new Adam()), 2.95);
    expectClose(await first(new AdamW({ weightDecay: 0.1 })), 3 - 0.05 - 0.05 * 0.3);
  });

  it('Momentum is watched by the channel `momentum`', async () => {
    const { model } = await setUp(new Momentum({ initMomentum: 0.25 }));
    await quietly(() => model.monitor!.monitor());
    assert.equal(model.monitor!.channels.get('momentum').last(), 0.25);
  });

  it('RMSProp is watched by three channels for each parameter', async () => {
    const { model, algorithm, dataset } = await setUp(new RMSProp(), new TinyModel({ start: [3] }));
    await algorithm.train(dataset);
    await quietly(() => model.monitor!.monitor());
    for (const statistic of ['min', 'max', 'mean']) {
      const channel = model.monitor!.channels.get(`mean_square_grad_w_${statistic}`);
      expectClose(channel.last(), 0.4);
    }
  });

  it('RMSProp wants names, and warns when two parameters share one', async () => {
    const named = (name: string) => sharedX([1], name);
    assert.throws(() => new RMSProp().setup([named('')]), /expected parameters with names/);
    const lines = await logged(() => new RMSProp().setup([named('W'), named('W')]));
    assert.equal(lines[0].level, 'warning');
    assert.match(lines[0].text, /several parameters named W/);
  });

  for (const make of [
    () => new Momentum({ initMomentum: 0.5 }),
    () => new Adam(),
    () => new AdamW(),
    () => new AdaDelta(),
    () => new AdaGrad(),
    () => new RMSProp(),
  ]) {
    const { name } = make().constructor;

    it(`${name} goes on from a saved state as the original would`, async () => {
      const [original, copy] = [await setUp(make()), await setUp(make())];
      await original.algorithm.train(original.dataset);
      copy.model.setParamValues(original.model.getParamValues());
      copy.algorithm.setState(original.algorithm.getState());
      await original.algorithm.train(original.dataset);
      await copy.algorithm.train(copy.dataset);
      expectClose(valuesOf(copy.model.w), valuesOf(original.model.w), 0);
    });

    it(`${name} leaves no tensor behind, and none at all when disposed of`, async () => {
      const before = tf.memory().numTensors;
      const rule = make();
      const { algorithm, model, dataset } = await setUp(rule);
      await leavesAsync(0, () => algorithm.train(dataset));
      assert.ok(rule.params.length > 0);
      algorithm.dispose();
      model.dispose();
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it('keeps the memory of parameters of equal names apart, and forgets it when set up anew', () => {
    const rule = new Momentum({ initMomentum: 0.5 });
    const params = [sharedX([1], 'W'), sharedX([1, 2], 'W')];
    rule.setup(params);
    assert.deepEqual(Object.keys(rule.getState()), ['velocity(W)', 'velocity(W#1)', 'momentum']);
    leaves(-1, () => rule.setup(params.slice(1)));
    assert.throws(() => rule.setState({}), /Momentum: no velocity\(W\) was saved/);
  });

  it('refuses factors outside [0, 1)', () => {
    assert.throws(
      () => new Momentum({ initMomentum: 1 }),
      /learning_rule\.Momentum: option `initMomentum`: .*received 1/,
    );
    assert.throws(() => new Adam({ b2: 1 }), /option `b2`/);
    assert.throws(() => new AdaDelta({ decay: 1 }), /option `decay`/);
    assert.throws(() => new RMSProp({ decay: -0.1 }), /option `decay`/);
    assert.throws(() => new AdaGrad({ maxScaling: 0 }), /option `maxScaling`/);
  });
});
