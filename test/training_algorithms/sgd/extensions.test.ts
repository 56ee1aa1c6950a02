import assert from 'node:assert/strict';
import { getMonitor, Monitor } from '../../../src/monitor';
import { BGD } from '../../../src/training_algorithms/bgd';
import {
  LinearDecayOverEpoch,
  MonitorBasedLRAdjuster,
  type MonitorBasedLRAdjusterOptions,
  OneOverEpoch,
  PatienceBasedTermCrit,
  PolyakAveraging,
  SGD,
} from '../../../src/training_algorithms/sgd';
import type { TrainExtension } from '../../../src/train_extensions';
import { load } from '../../../src/utils/serial';
import { withClassNames } from '../../support/class_names';
import { expectClose } from '../../support/expect';
import { quietly } from '../../support/log';
import { folderForEachTest } from '../../support/temporary';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyCost, TinyModel, valuesOf } from '../../support/tiny_model';

const dataset = new TinyDataset([[1]]);

/** The learning rates after the monitorings of epochs 0, 1, ..., beginning with 1. */
function rates(extension: TrainExtension, epochs: number, before = 0): number[] {
  const algorithm = new SGD({ learningRate: 1 });
  const model = new TinyModel();
  for (let i = 0; i < before; i++) getMonitor(model).reportEpoch();
  void extension.setup(model, dataset, algorithm);
  return Array.from({ length: epochs }, () => {
    void extension.onMonitor(model, dataset, algorithm);
    return algorithm.learningRate.dataSync()[0];
  });
}

/** A model whose monitor has channels with the given records. */
function watched(records: Record<string, number[]>): TinyModel {
  const model = new TinyModel();
  const monitor = getMonitor(model);
  monitor.addDataset({ dataset, batchSize: 1 });
  for (const [name, values] of Object.entries(records)) {
    monitor.addChannel(name, () => 0);
    monitor.channels.get(name).valRecord.push(...values);
  }
  return model;
}

describe('training_algorithms/sgd extensions', () => {
  it('OneOverEpoch falls from `start` on and loses half its value in `halfLife` epochs', () => {
    expectClose(rates(new OneOverEpoch({ start: 2, halfLife: 2 }), 4), [1, 1, 2 / 3, 1 / 2]);
  });

  it('OneOverEpoch takes start + 1 for a half-life, and never falls below minLr', () => {
    expectClose(rates(new OneOverEpoch({ start: 1, minLr: 0.6 }), 3), [1, 2 / 3, 0.6]);
  });

  it('OneOverEpoch refuses a learning rate that begins below minLr', () => {
    assert.throws(
      () => rates(new OneOverEpoch({ start: 1, minLr: 2 }), 1),
      /OneOverEpoch: the learning rate 1 is below min_lr \(2\)/,
    );
  });

  it('LinearDecayOverEpoch falls in a straight line, counting epochs seen before', () => {
    const make = () => new LinearDecayOverEpoch({ start: 1, saturate: 3, decayFactor: 0.1 });
    const step = 0.9 / 3;
    expectClose(rates(make(), 4), [1 - step, 1 - 2 * step, 0.1, 0.1]);
    expectClose(rates(make(), 2, 1), [1 - 2 * step, 0.1]);
    assert.throws(
      () => new LinearDecayOverEpoch({ start: 3, saturate: 3, decayFactor: 0.1 }),
      /`saturate`: expected more than start \(3\), received 3/,
    );
  });

  it('schedules want an algorithm with a learning rate', () => {
    const algorithm = new BGD({ batchSize: 1 });
    assert.throws(
      () => new OneOverEpoch({ start: 1 }).onMonitor(new TinyModel(), dataset, algorithm),
      /OneOverEpoch: the algorithm has no learning rate; use it with SGD/,
    );
  });

  describe('MonitorBasedLRAdjuster', () => {
    const adjusted = (options: MonitorBasedLRAdjusterOptions, records: Record<string, number[]>) =>
      quietly(() => {
        const algorithm = new SGD({ learningRate: 0.5 });
        new MonitorBasedLRAdjuster(options).onMonitor(watched(records), dataset, algorithm);
        return algorithm.learningRate.dataSync()[0];
      });

    it('shrinks when the objective grew, grows when it fell little, else leaves it', async () => {
      const after = (latest: number) => adjusted({}, { objective: [9, 1, latest] });
      expectClose(await after(1.01), 0.5 * 0.99);
      expectClose(await after(1), 0.5 * 1.01);
      expectClose(await after(0.98), 0.5);
      expectClose(await adjusted({}, { objective: [1] }), 0.5);
    });

    it('keeps between minLr and maxLr', async () => {
      expectClose(await adjusted({ minLr: 0.6 }, { objective: [1, 2] }), 0.6);
      expectClose(await adjusted({ maxLr: 0.4 }, { objective: [1, 1] }), 0.4);
    });

    it('watches the channel, or the dataset, or the only objective', async () => {
      const records = { train_objective: [1, 2], valid_objective: [1, 0.1], x: [1, 1] };
      expectClose(await adjusted({ datasetName: 'train' }, records), 0.5 * 0.99);
      expectClose(await adjusted({ datasetName: 'valid' }, records), 0.5);
      expectClose(await adjusted({ channelName: 'x' }, records), 0.5 * 1.01);
      await assert.rejects(
        adjusted({}, records),
        /found several: train_objective, valid_objective/,
      );
      await assert.rejects(adjusted({}, { x: [1] }), /found none; give `channel_name`/);
      await assert.rejects(adjusted({ channelName: 'y' }, records), /no channel `y`/);
    });
  });

  it('PatienceBasedTermCrit grows patient with each sufficient improvement', () => {
    const model = watched({ objective: [] });
    const { valRecord } = model.monitor!.channels.get('objective');
    const criterion = new PatienceBasedTermCrit({ propDecrease: 0.1, initialPatience: 2 });
    // 1 is the first best: patience max(2, 1 * 2); .95 is too little; .8 at the third would be
    // enough, but training has ended at the second, unless asked again: patience 6.
    const verdicts = [1, 0.95, 0.8, 0.8, 0.8, 0.8].map((value) => {
      valRecord.push(value);
      return criterion.continueLearning(model);
    });
    assert.deepEqual(verdicts, [true, false, true, true, true, false]);
  });

  it('PatienceBasedTermCrit wants a channel name when there are several', () => {
    const criterion = new PatienceBasedTermCrit({ propDecrease: 0, initialPatience: 2 });
    assert.throws(
      () => criterion.continueLearning(watched({ a: [1], b: [1] })),
      /there are 2 channels; give `channel_name`/,
    );
  });

  describe('PolyakAveraging', () => {
    withClassNames(Monitor, TinyModel);
    const path = folderForEachTest();

    /** After monitorings and epochs of two batches: w goes from 3 by .9 of the way to 1. */
    async function averaged(averaging: PolyakAveraging, epochs: number): Promise<TinyModel> {
      const [model, two] = [new TinyModel({ start: [3] }), new TinyDataset([[1], [1]])];
      const algorithm = new SGD({ learningRate: 0.1, batchSize: 1, cost: new TinyCost() });
      await quietly(() => algorithm.setup(model, two));
      for (let epoch = 0; epoch < epochs; epoch++) {
        averaging.onMonitor(model, two, algorithm);
        await algorithm.train(two);
      }
      return model;
    }

    it('averages the parameters over the batches since `start`', async () => {
      const averaging = new PolyakAveraging({ start: 1 });
      const model = await averaged(averaging, 3);
      const path = [1, 2, 3, 4, 5, 6].map((batch) => 1 + 2 * 0.9 ** batch);
      expectClose(valuesOf(model.w), [path[5]]);
      averaging.withMeans(() => {
        expectClose(valuesOf(model.w), [(path[2] + path[3] + path[4] + path[5]) / 4]);
      });
      expectClose(valuesOf(model.w), [path[5]]);
      averaging.dispose();
    });

    it('saves the model with the averages, every saveFreq monitorings', async () => {
      const averaging = new PolyakAveraging({ start: 0, savePath: path('m.pkl'), saveFreq: 2 });
      const model = await averaged(averaging, 4);
      const saved = load(path('m.pkl')) as TinyModel;
      // At the monitoring number 2, after four batches; number 3 does not save.
      const path4 = [1, 2, 3, 4].map((batch) => 1 + 2 * 0.9 ** batch);
      expectClose(valuesOf(saved.w), [path4.reduce((sum, w) => sum + w) / 4]);
      expectClose(valuesOf(model.w), [1 + 2 * 0.9 ** 8]);
    });

    it('works with SGD only', () => {
      const averaging = new PolyakAveraging({ start: 0 });
      assert.throws(
        () => averaging.onMonitor(new TinyModel(), dataset, new BGD({ batchSize: 1 })),
        /PolyakAveraging: works with SGD only, not BGD/,
      );
    });
  });
});
