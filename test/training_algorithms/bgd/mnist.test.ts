import assert from 'node:assert/strict';
import { mnist } from '../../../src/datasets';
import { softmax_regression } from '../../../src/models';
import { BGD } from '../../../src/training_algorithms/bgd';
import { expectClose } from '../../support/expect';
import { quietly } from '../../support/log';
import { realMnist, useMnist } from '../../support/mnist';

/** Channels before and after one epoch of Pylearn2's softmax regression tutorial. */
async function oneEpoch(): Promise<Record<string, number[]>> {
  const [train, valid] = [
    [0, 50000],
    [50000, 60000],
  ].map(([start, stop]) => new mnist.MNIST({ whichSet: 'train', start, stop }));
  const model = new softmax_regression.SoftmaxRegression({ nClasses: 10, irange: 0, nvis: 784 });
  const algorithm = new BGD({
    batchSize: 10000,
    lineSearchMode: 'exhaustive',
    conjugate: true,
    updatesPerBatch: 10,
    monitoringDataset: { train, valid },
  });
  algorithm.setup(model, train);
  await model.monitor!.monitor();
  await algorithm.train(train);
  await model.monitor!.monitor();
  const { channels } = model.monitor!;
  for (const owner of [algorithm, model, train, valid]) owner.dispose();
  return Object.fromEntries([...channels].map(([name, { valRecord }]) => [name, valRecord]));
}

describe('training_algorithms/bgd on MNIST', () => {
  useMnist();

  it('does in the first epoch what Pylearn2 did', async function () {
    this.timeout(120000);
    const records = await quietly(oneEpoch);
    const [before, after] = records.train_objective;
    expectClose(before, Math.log(10));
    assert.ok(after < 0.8 * before);
    if (!realMnist) return;
    expectClose(records.train_y_misclass[0], 0.90136, 1e-6);
    expectClose(records.valid_y_misclass[0], 0.9009, 1e-6);
    // Rounding decides between nearly equal steps: runs in double precision that differ by 3e-8 in
    // the objective end between .3122 and .3145; the tutorial logged .31273, .0807, 1.8280, .69484.
    expectClose(after, 0.3127, 2e-3);
    expectClose(records.valid_y_misclass[1], 0.0807, 3e-3);
    expectClose(records.ave_step_size[1], 1.828, 0.02);
    expectClose(records.ave_grad_size[1], 0.6948, 5e-3);
  });
});
