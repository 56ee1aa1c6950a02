import assert from 'node:assert/strict';
import type { Cost, CostGradients } from '../../../src/costs';
import { DenseDesignMatrix } from '../../../src/datasets';
import { sharedX, tf, type Updates } from '../../../src/engine';
import type { Batch, DataSpecs } from '../../../src/space';
import { nullDataSpecs } from '../../../src/space';
import { EpochCounter } from '../../../src/termination_criteria';
import { NoBatchSizeError } from '../../../src/training_algorithms/batch_size';
import { Momentum } from '../../../src/training_algorithms/learning_rule';
import { ExponentialDecay, SGD, type SGDOptions } from '../../../src/training_algorithms/sgd';
import { interrupt } from '../../../src/utils/interrupt';
import { RandomState } from '../../../src/utils/rng';
import { expectClose, leavesAsync } from '../../support/expect';
import { logged, quietly } from '../../support/log';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyCost, TinyModel, valuesOf } from '../../support/tiny_model';

const TEN = Array.from({ length: 10 }, (_, i) => [i]);

function make(options: Partial<SGDOptions> = {}): SGD {
  return new SGD({ learningRate: 0.1, batchSize: 1, cost: new TinyCost(), ...options });
}

async function setUp(options: Partial<SGDOptions> = {}, examples = TEN) {
  const [algorithm, model] = [make(options), new TinyModel({ start: [3] })];
  const dataset = new DenseDesignMatrix({ X: examples });
  await quietly(() => algorithm.setup(model, dataset));
  return { algorithm, model, dataset };
}

/** The examples in the order in which they were trained on: batches of one, learning rate 1. */
async function order(options: Partial<SGDOptions>, epochs = 1): Promise<number[]> {
  const seen: number[] = [];
  const { algorithm, model, dataset } = await setUp({
    learningRate: 1,
    ...options,
    updateCallbacks: () => void seen.push(Math.round(valuesOf(model.w)[0])),
  });
  for (let epoch = 0; epoch < epochs; epoch++) await algorithm.train(dataset);
  return seen;
}

describe('training_algorithms/sgd/sgd', () => {
  it('goes through the permutations of NumPy that the seed [2012, 10, 5] gives', async () => {
    assert.deepEqual(
      await order({}, 2),
      [4, 7, 0, 9, 2, 6, 3, 8, 1, 5, 0, 2, 9, 7, 5, 4, 1, 3, 6, 8],
    );
  });

  it('takes examples in the order and number asked for', async () => {
    const inOrder = { trainIterationMode: 'sequential', batchesPerIter: 3 } as const;
    assert.deepEqual(await order(inOrder), [0, 1, 2]);
    const drawn = new RandomState([1]);
    const expected = Int32Array.from({ length: 10 }, (_, i) => i);
    drawn.shuffle(expected);
    assert.deepEqual(await order({ seed: [1] }), [...expected]);
  });

  it('tells the monitor how many examples each batch had', async () => {
    const { algorithm, model, dataset } = await setUp({ batchSize: 4 });
    assert.equal(algorithm.batchesPerEpoch(), 3);
    assert.equal(await algorithm.train(dataset), true);
    assert.equal(model.monitor!.getBatchesSeen(), 3);
    assert.equal(model.monitor!.getExamplesSeen(), 10);
  });

  it('constrains the next values, not the present ones', async () => {
    class Bounded extends TinyModel {
      protected override constrain(updates: Updates): void {
        updates.set(this.w, updates.get(this.w)!.maximum(2.5));
      }
    }
    const model = new Bounded({ start: [3] });
    const dataset = new TinyDataset([[1], [1], [1], [1], [1]]);
    const algorithm = make({ trainIterationMode: 'sequential' });
    await quietly(() => algorithm.setup(model, dataset));
    await algorithm.train(dataset);
    // 3, 2.8, 2.62, then 2.458 and what follows are lifted.
    expectClose(valuesOf(model.w), [2.5]);
  });

  it('computes all next values from the present ones, also those that the cost asks for', async () => {
    const steps = sharedX(0, 'steps');
    class Counting extends TinyCost {
      override getGradients(model: TinyModel, data: Batch): CostGradients {
        const all = super.getGradients(model, data);
        return { ...all, updates: new Map([[steps, model.w.sum()]]) };
      }
    }
    const { algorithm, dataset } = await setUp({ cost: new Counting() }, [[1], [1]]);
    await algorithm.train(dataset);
    expectClose(steps, 2.8);
  });

  it('monitors objective, cost, model and learning rate on each dataset', async () => {
    const train = new TinyDataset([[1], [2]]);
    const { model } = await setUp({
      monitoringDataset: { train, valid: new TinyDataset([[5]]) },
      monitoringCosts: { other: new TinyCost() },
    });
    await quietly(() => model.monitor!.monitor());
    const { channels } = model.monitor!;
    expectClose(channels.get('train_objective').last(), (4 + 1) / 4);
    expectClose(channels.get('valid_objective').last(), 2);
    expectClose(channels.get('valid_distance').last(), 4);
    expectClose(channels.get('valid_w_sum').last(), 3);
    expectClose(channels.get('train_other').last(), (4 + 1) / 4);
    expectClose(channels.get('learning_rate').last(), 0.1);
  });

  it('monitors with its own batch size unless told otherwise', async () => {
    const batches = async (options: Partial<SGDOptions>): Promise<number> => {
      const dataset = new DenseDesignMatrix({ X: TEN });
      const { model } = await setUp({ batchSize: 2, ...options, monitoringDataset: dataset });
      await quietly(() => model.monitor!.monitor());
      // The mean over batches of their largest example tells how they were cut.
      return model.monitor!.channels.get('x_max').last();
    };
    expectClose(await batches({}), (1 + 3 + 5 + 7 + 9) / 5);
    expectClose(await batches({ batchesPerIter: 2 }), (1 + 3) / 2);
    expectClose(await batches({ monitoringBatchSize: 5 }), (4 + 9) / 2);
    expectClose(await batches({ monitoringBatches: 1 }), 9);
  });

  it('says how each parameter will learn', async () => {
    class Scaled extends TinyModel {
      override getLrScalers() {
        return new Map([[this.w, 0.05]]);
      }
    }
    const lines = await logged(() => make().setup(new Scaled(), new TinyDataset([[1]])));
    assert.equal(lines[0].text, 'Parameter and initial learning rate summary:\n\tw: 0.005');
  });

  it('calls the callbacks in order after each batch, and waits for them', async () => {
    const calls: string[] = [];
    const { algorithm, dataset } = await setUp(
      {
        updateCallbacks: [
          async () => {
            await new Promise((resolve) => setImmediate(resolve));
            calls.push('function');
          },
          {
            call: ({ learningRate }: SGD) => void calls.push(`object ${learningRate.shape.length}`),
          },
        ],
      },
      [[1], [1]],
    );
    await algorithm.train(dataset);
    assert.deepEqual(calls, ['function', 'object 0', 'function', 'object 0']);
  });

  it('stops at a batch border when interrupted, and goes on as if it had not', async () => {
    const rule = () => new Momentum({ initMomentum: 0.5 });
    const whole = await setUp({ learningRule: rule() });
    await whole.algorithm.train(whole.dataset);
    const cut = await setUp({ learningRule: rule() });
    const { algorithm, model, dataset } = cut;
    algorithm.updateCallbacks.push(() => {
      if (model.monitor!.getBatchesSeen() % 3 === 0) interrupt();
    });
    const completed: boolean[] = [];
    while (!completed.at(-1)) completed.push(await algorithm.train(dataset));
    assert.deepEqual(completed, [false, false, false, true]);
    assert.equal(model.monitor!.getBatchesSeen(), 10);
    expectClose(valuesOf(model.w), valuesOf(whole.model.w), 0);
  });

  it('begins a new epoch after an error', async () => {
    const { algorithm, model, dataset } = await setUp();
    let fails = true;
    algorithm.updateCallbacks.push(() => {
      if (fails) throw new Error('no');
    });
    await assert.rejects(algorithm.train(dataset), /^Error: no$/);
    fails = false;
    assert.equal(await algorithm.train(dataset), true);
    assert.equal(model.monitor!.getBatchesSeen(), 11);
  });

  it('names the parameters that are no numbers, before training and after an epoch', async () => {
    const dataset = new TinyDataset([[1]]);
    assert.throws(
      () => make().setup(new TinyModel({ start: [NaN] }), dataset),
      /^NumericalError: training_algorithms\.sgd\.SGD: NaN or infinity in w\.$/,
    );
    // Each step multiplies the distance by 1e30, and single precision ends below 1e39.
    const far = await setUp({ learningRate: 1e30 });
    await assert.rejects(far.algorithm.train(far.dataset), /NaN or infinity in w/);
  });

  it('takes the batch size of the model, or gives it its own, or refuses', async () => {
    const forced = (size: number) => Object.assign(new TinyModel(), { forceBatchSize: size });
    const dataset = new TinyDataset([[1], [2], [3], [4]]);
    const setup = (options: Partial<SGDOptions>, model: TinyModel) =>
      quietly(() => make(options).setup(model, dataset));
    await setup({ batchSize: null }, forced(2));
    await assert.rejects(setup({ batchSize: null }, new TinyModel()), NoBatchSizeError);
    await assert.rejects(
      setup({ batchSize: 4 }, forced(2)),
      /`batch_size` is 4 but .* insists on 2/,
    );
    const changed = forced(2);
    await setup({ batchSize: 4, setBatchSize: true }, changed);
    assert.equal(changed.forceBatchSize, 4);
  });

  it('refuses odd last batches for a model that insists on a batch size', async () => {
    const four = new TinyDataset([[1], [2], [3], [4]]);
    const five = new TinyDataset([[1], [2], [3], [4], [5]]);
    const model = () => Object.assign(new TinyModel(), { forceBatchSize: 2 });
    const options = { batchSize: 2 };
    await assert.rejects(
      quietly(() => make(options).setup(model(), five)),
      /5 examples of the training dataset do not divide into batches of 2/,
    );
    await assert.rejects(
      quietly(() => make({ ...options, monitoringDataset: { valid: five } }).setup(model(), four)),
      /5 examples of the monitoring valid dataset/,
    );
    const even = make({ ...options, trainIterationMode: 'even_sequential' });
    await quietly(() => even.setup(model(), five));
    assert.equal(even.batchesPerEpoch(), 2);
  });

  it('refuses costs without data, and gradients that are not by the parameters', async () => {
    class Dataless extends TinyCost {
      override getDataSpecs(): DataSpecs {
        return nullDataSpecs();
      }
    }
    await assert.rejects(setUp({ cost: new Dataless() }), /the cost does not use data/);
    class Forgetful extends TinyCost {
      override getGradients(model: TinyModel, data: Batch): CostGradients {
        return { ...super.getGradients(model, data), gradients: new Map() };
      }
    }
    const { algorithm, dataset } = await setUp({ cost: new Forgetful() });
    await assert.rejects(algorithm.train(dataset), /the cost gives no gradient by w/);
  });

  it("trains by the model's default cost if it has one and none is given", async () => {
    class Knowing extends TinyModel {
      getDefaultCost(): Cost {
        return new TinyCost() as Cost;
      }
    }
    const model = new Knowing({ start: [3] });
    const algorithm = make({ cost: null });
    const dataset = new TinyDataset([[1]]);
    await quietly(() => algorithm.setup(model, dataset));
    assert.ok(algorithm.cost instanceof TinyCost);
    await algorithm.train(dataset);
    expectClose(valuesOf(model.w), [2.8]);
  });

  it('asks its criterion whether to go on, and goes on for ever without', async () => {
    const { algorithm, model } = await setUp({
      terminationCriterion: new EpochCounter({ maxEpochs: 1 }),
    });
    assert.equal(algorithm.continueLearning(model), true);
    model.monitor!.reportEpoch();
    assert.equal(algorithm.continueLearning(model), false);
    assert.equal(make().continueLearning(model), true);
  });

  it('goes on from a saved state as the original would: order, rates, schedules', async () => {
    const options = () => ({
      updateCallbacks: new ExponentialDecay({ decayFactor: 1.1, minLr: 0.001 }),
      learningRule: new Momentum({ initMomentum: 0.5 }),
    });
    const [original, copy] = [await setUp(options()), await setUp(options())];
    await original.algorithm.train(original.dataset);
    copy.algorithm.setState(original.model.optimiserState!());
    copy.model.setParamValues(original.model.getParamValues());
    for (const { algorithm, dataset } of [original, copy]) await algorithm.train(dataset);
    expectClose(valuesOf(copy.model.w), valuesOf(original.model.w), 0);
    expectClose(copy.algorithm.learningRate, original.algorithm.learningRate, 0);
  });

  it('leaves no tensor behind, and none at all when disposed of in the middle', async () => {
    const before = tf.memory().numTensors;
    const model = new TinyModel({ start: [3] });
    const dataset = new TinyDataset([[1], [2], [3]]);
    const algorithm = make({ monitoringDataset: dataset });
    await quietly(() => algorithm.setup(model, dataset));
    await leavesAsync(0, () => algorithm.train(dataset));
    algorithm.updateCallbacks.push(() => interrupt());
    assert.equal(await algorithm.train(dataset), false);
    algorithm.dispose();
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('says that batches_per_iter holds for monitoring too, where that has too few', async () => {
    const monitoringDataset = new DenseDesignMatrix({ X: [[1], [2]] });
    await assert.rejects(
      setUp({ batchesPerIter: 3, monitoringDataset }),
      /SGD: monitoring takes .* batches_per_iter too, .*2 examples make 2 batches of 1, 3 were/,
    );
    await setUp({ batchesPerIter: 3, monitoringDataset, monitoringBatches: 1 });
  });

  it('refuses options that make no sense', () => {
    const where = 'training_algorithms\\.sgd\\.SGD: ';
    const refuses = (options: object, problem: string) =>
      assert.throws(() => make(options), new RegExp(where + problem));
    refuses({ learningRat: 1 }, 'no option `learningRat`. Did you mean `learningRate`');
    refuses({ cost: [new TinyCost()] }, 'option `cost`: expected a Cost \\(costs.cost.SumOfCosts');
    refuses({ monitoringBatches: 3 }, 'option `monitoringBatches`: expected none without');
    refuses({ monitoringBatchSize: 3 }, 'option `monitoringBatchSize`: expected none without');
    refuses(
      { monitoringDataset: { valid: 3 } },
      'option `monitoringDataset`: expected a Dataset or',
    );
    refuses({ terminationCriterion: 3 }, 'option `terminationCriterion`: expected a Termination');
    refuses({ trainIterationMode: 'shuffled' }, 'option `trainIterationMode`');
    refuses({ updateCallbacks: [3] }, 'option `updateCallbacks`: expected a function or an object');
    refuses({ batchSize: 0 }, 'option `batchSize`');
  });

  it('takes the momentum as older files say it', () => {
    const { learningRule } = make({ initMomentum: 0.5 });
    assert.ok(learningRule instanceof Momentum);
    expectClose(learningRule.momentum, 0.5);
    assert.throws(
      () => make({ initMomentum: 0.5, learningRule: new Momentum({ initMomentum: 0.5 }) }),
      /SGD: expected learning_rule or init_momentum, not both/,
    );
  });

  it('says that setup comes first', async () => {
    await assert.rejects(
      make().train(new TinyDataset([[1]])),
      /come after setup\(model, dataset\)/,
    );
  });
});
