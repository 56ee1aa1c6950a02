import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/datasets';
import { EpochCounter } from '../../../src/termination_criteria';
import {
  DefaultTrainingAlgorithm,
  type DefaultTrainingAlgorithmOptions,
} from '../../../src/training_algorithms/default';
import { interrupt } from '../../../src/utils/interrupt';
import { quietly } from '../../support/log';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyModel } from '../../support/tiny_model';

/** Counts its batches and has learned enough after some. */
class Learner extends TinyModel {
  batches = 0;
  enough = Infinity;
  onBatch = () => {};

  trainBatch(dataset: Dataset, batchSize: number): boolean {
    assert.equal(dataset.getNumExamples(), 3);
    assert.equal(batchSize, 2);
    this.onBatch();
    this.batches += 1;
    return this.batches < this.enough;
  }
}

const dataset = new TinyDataset([[1], [2], [6]]);

function setUp(options: DefaultTrainingAlgorithmOptions = {}) {
  const model = new Learner();
  const algorithm = new DefaultTrainingAlgorithm({ batchSize: 2, ...options });
  algorithm.setup(model);
  return { model, algorithm };
}

describe('training_algorithms/default', () => {
  it('asks the model for so many batches an epoch', async () => {
    const { model, algorithm } = setUp({ batchesPerIter: 3 });
    assert.equal(await algorithm.train(dataset), true);
    assert.equal(model.batches, 3);
    assert.equal(model.monitor!.getExamplesSeen(), 6);
    assert.equal(algorithm.batchesPerEpoch(), 3);
    assert.equal(setUp().algorithm.batchesPerEpoch(), 1000);
  });

  it('ends epoch and training when the model has learned enough', async () => {
    const { model, algorithm } = setUp({ batchesPerIter: 3 });
    model.enough = 2;
    assert.equal(algorithm.continueLearning(model), true);
    assert.equal(await algorithm.train(dataset), true);
    assert.equal(model.batches, 2);
    assert.equal(algorithm.continueLearning(model), false);
  });

  it('asks its criterion as well', () => {
    const terminationCriterion = new EpochCounter({ maxEpochs: 0 });
    const { model, algorithm } = setUp({ terminationCriterion });
    assert.equal(algorithm.continueLearning(model), false);
  });

  it('goes on after an interrupt with the batches that are left', async () => {
    const { model, algorithm } = setUp({ batchesPerIter: 3 });
    model.onBatch = () => {
      if (model.batches === 0) interrupt();
    };
    assert.equal(await algorithm.train(dataset), false);
    assert.equal(model.batches, 1);
    assert.equal(await algorithm.train(dataset), true);
    assert.equal(model.batches, 3);
  });

  it('monitors the channels of the model, without an objective', async () => {
    const { model } = setUp({ monitoringDataset: dataset });
    await quietly(() => model.monitor!.monitor());
    assert.deepEqual([...model.monitor!.channels.keys()], ['w_sum', 'x_max']);
    // Batches of 2: the mean of 2 and 6, weighted by 2 and 1 examples.
    assert.ok(Math.abs(model.monitor!.channels.get('x_max').last() - 10 / 3) < 1e-6);
  });

  it('says so when the model cannot train itself', () => {
    assert.throws(
      () => new DefaultTrainingAlgorithm({ batchSize: 2 }).setup(new TinyModel()),
      /default\.DefaultTrainingAlgorithm: TinyModel has no method trainBatch/,
    );
  });
});
