import assert from 'node:assert/strict';
import {
  AnnealedLearningRate,
  EpochMonitor,
  ExponentialDecay,
  LinearDecay,
  SGD,
  type UpdateCallback,
} from '../../../src/training_algorithms/sgd';
import { getMonitor } from '../../../src/monitor';
import { expectClose } from '../../support/expect';
import { logged } from '../../support/log';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyCost, TinyModel } from '../../support/tiny_model';

/** The learning rates after each batch, beginning with 1. */
function rates(callback: UpdateCallback, batches: number): number[] {
  const algorithm = new SGD({ learningRate: 1 });
  return Array.from({ length: batches }, () => {
    void callback.call(algorithm);
    return algorithm.learningRate.dataSync()[0];
  });
}

describe('training_algorithms/sgd update callbacks', () => {
  it('ExponentialDecay divides after each batch, down to a floor where it stays', () => {
    const decay = new ExponentialDecay({ decayFactor: 2, minLr: 0.2 });
    expectClose(rates(decay, 4), [0.5, 0.25, 0.2, 0.2]);
  });

  it("ExponentialDecay gives the values that Pylearn2's tutorial logged", () => {
    const algorithm = new SGD({ learningRate: 0.05 });
    const decay = new ExponentialDecay({ decayFactor: 1.00004, minLr: 0.000001 });
    const logged = [1, 2, 3].map(() => {
      for (let batch = 0; batch < 500; batch++) decay.call(algorithm);
      return algorithm.learningRate.dataSync()[0];
    });
    expectClose(logged, [0.0490099, 0.0480395, 0.0470883], 1e-6);
  });

  it('ExponentialDecay takes numbers written as text, and nothing else', () => {
    const decay = new ExponentialDecay({ decayFactor: '2', minLr: '1e-1' });
    expectClose(rates(decay, 1), [0.5]);
    assert.throws(
      () => new ExponentialDecay({ decayFactor: 'fast', minLr: 0.1 }),
      /sgd\.ExponentialDecay: option `decayFactor`/,
    );
  });

  it('AnnealedLearningRate falls like annealStart / t', () => {
    const annealed = new AnnealedLearningRate({ annealStart: 2 });
    expectClose(rates(annealed, 5), [1, 1, 2 / 3, 2 / 4, 2 / 5]);
  });

  it('LinearDecay falls in a straight line between start and saturate', () => {
    // The step is (1 - .2) / (4 - 2 + 1).
    const decay = new LinearDecay({ start: 2, saturate: 4, decayFactor: 0.2 });
    const step = 0.8 / 3;
    expectClose(rates(decay, 5), [1, 1 - step, 1 - 2 * step, 0.2, 0.2]);
  });

  it('LinearDecay wants 0 < start < saturate', () => {
    assert.throws(
      () => new LinearDecay({ start: 0, saturate: 4, decayFactor: 0.2 }),
      /`start`: expected more than 0, received 0/,
    );
    assert.throws(
      () => new LinearDecay({ start: 4, saturate: 4, decayFactor: 0.2 }),
      /`saturate`: expected more than start \(4\), received 4/,
    );
  });

  it('schedules go on from a saved state', () => {
    const schedules = [
      () => new ExponentialDecay({ decayFactor: 2, minLr: 0.1 }),
      () => new AnnealedLearningRate({ annealStart: 2 }),
      () => new LinearDecay({ start: 2, saturate: 4, decayFactor: 0.2 }),
    ];
    for (const make of schedules) {
      const whole = rates(make(), 5);
      const [first, second] = [make(), make()];
      rates(first, 2);
      second.setState(first.getState());
      expectClose(rates(second, 3), whole.slice(2));
    }
  });

  it('EpochMonitor tells how far the epoch is, or monitors, every so many batches', async () => {
    const model = new TinyModel({ start: [3] });
    const monitor = getMonitor(model);
    monitor.setup({ dataset: new TinyDataset([[1]]), cost: new TinyCost(), batchSize: 1 });
    const callback = new EpochMonitor({ model, tickRate: 2, monitorRate: 4 });
    const lines = await logged(async () => {
      for (let epoch = 0; epoch < 2; epoch++) {
        for (let batch = 0; batch < 6; batch++) await callback.call();
        monitor.reportEpoch();
      }
    });
    assert.deepEqual(
      lines.filter(({ level }) => level === 'info').map(({ text }) => text),
      [0, 1].flatMap((epoch) => [2, 6].map((n) => `Epoch ${epoch}: ${n} batches seen`)),
    );
    assert.deepEqual(monitor.channels.get('objective').epochRecord, [0, 1]);
  });
});
