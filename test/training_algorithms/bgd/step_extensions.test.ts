import assert from 'node:assert/strict';
import { getMonitor } from '../../../src/monitor';
import {
  BacktrackingStepShrinker,
  BGD,
  ScaleStep,
  StepShrinker,
} from '../../../src/training_algorithms/bgd';
import { SGD } from '../../../src/training_algorithms/sgd';
import { expectClose } from '../../support/expect';
import { quietly } from '../../support/log';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyModel, valuesOf } from '../../support/tiny_model';

const dataset = new TinyDataset([[1]]);

function setUp(scaleStep = 1) {
  const model = new TinyModel({ start: [0] });
  const monitor = getMonitor(model);
  monitor.addDataset({ dataset, batchSize: 1 });
  monitor.addChannel('c', () => 0);
  const algorithm = new BGD({ batchSize: 1, scaleStep });
  const { valRecord } = monitor.channels.get('c');
  return { model, monitor, algorithm, valRecord };
}

/** The steps after monitorings of the values given; w is the number of the monitoring. */
async function steps(shrinker: StepShrinker, values: number[]) {
  const { model, algorithm, valRecord, monitor } = setUp();
  shrinker.setup(model, dataset, algorithm);
  const seen: { step: number; w: number; goOn: boolean }[] = [];
  for (const [i, value] of values.entries()) {
    valRecord.push(value);
    model.w.setValue([i]);
    await quietly(() => shrinker.onMonitor(model, dataset, algorithm));
    const [w] = valuesOf(model.w);
    seen.push({ step: algorithm.scaleStep, w, goOn: shrinker.continueLearning() });
  }
  return { seen, monitor };
}

describe('training_algorithms/bgd extensions', () => {
  it('ScaleStep scales the step at each monitoring, down to a least value', async () => {
    const { model, monitor, algorithm } = setUp();
    const extension = new ScaleStep({ scale: 0.5, minValue: 0.2 });
    extension.setup(model, dataset, algorithm);
    const scaled = [0, 1, 2].map(() => {
      extension.onMonitor(model, dataset, algorithm);
      return algorithm.scaleStep;
    });
    assert.deepEqual(scaled, [0.5, 0.25, 0.2]);
    await quietly(() => monitor.monitor());
    expectClose(monitor.channels.get('scale_step').last(), 0.2);
  });

  it('StepShrinker shrinks when the channel did not fall since the last epoch', async () => {
    const shrinker = new StepShrinker({ channel: 'c', scale: 0.5, giveupAfter: 0.1 });
    // The first two have nothing to be compared with; 4 is below 5 though not below 3.
    const { seen } = await steps(shrinker, [9, 3, 3, 5, 4]);
    assert.deepEqual(
      seen.map(({ step }) => step),
      [1, 1, 0.5, 0.25, 0.25],
    );
    assert.ok(seen.every(({ goOn }) => goOn));
  });

  it('StepShrinker grows when it fell, if asked to, up to a largest value', async () => {
    const options = { channel: 'c', scale: 0.5, giveupAfter: 0.1, scaleUp: 3, maxScale: 4 };
    const { seen } = await steps(new StepShrinker(options), [9, 8, 7]);
    assert.deepEqual(
      seen.map(({ step }) => step),
      [1, 3, 4],
    );
  });

  it('StepShrinker ends training when the step gets too small', async () => {
    const shrinker = new StepShrinker({ channel: 'c', scale: 0.5, giveupAfter: 0.3 });
    const { seen } = await steps(shrinker, [1, 1, 1, 1]);
    assert.deepEqual(
      seen.map(({ step, goOn }) => [step, goOn]),
      [
        [1, true],
        [1, true],
        [0.5, true],
        [0.3, false],
      ],
    );
  });

  it('StepShrinker serves as a termination criterion', () => {
    const shrinker = new StepShrinker({ channel: 'c', scale: 0.5, giveupAfter: 0.3 });
    const algorithm = new BGD({ batchSize: 1, terminationCriterion: shrinker });
    assert.equal(algorithm.continueLearning(new TinyModel()), true);
  });

  it('BacktrackingStepShrinker also takes the failed epoch back', async () => {
    const shrinker = new BacktrackingStepShrinker({ channel: 'c', scale: 0.5, giveupAfter: 0.1 });
    // 6 and then 5.5 fail against 5, the last value that did not.
    const { seen } = await steps(shrinker, [9, 5, 6, 5.5, 4]);
    assert.deepEqual(
      seen.map(({ step, w }) => [step, w]),
      [
        [1, 0],
        [1, 1],
        [0.5, 1],
        [0.25, 1],
        [0.25, 4],
      ],
    );
  });

  it('say so when there is no channel, or no step to scale', async () => {
    const shrinker = new StepShrinker({ channel: 'd', scale: 0.5, giveupAfter: 0.3 });
    await assert.rejects(steps(shrinker, [1]), /bgd\.StepShrinker: no channel `d`/);
    assert.throws(
      () => shrinker.setup(new TinyModel(), dataset, new SGD({ learningRate: 1 })),
      /the algorithm has no step to scale; use it with BGD/,
    );
  });
});
