import assert from 'node:assert/strict';
import { best_params } from '../../../src/train_extensions';
import { expectClose, leavesAsync } from '../../support/expect';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyCost, TinyModel } from '../../support/tiny_model';

describe('train_extensions/best_params/KeepBestParams', () => {
  it('keeps the parameters of the lowest mean over the batches, each counting the same', async () => {
    const model = new TinyModel();
    const extension = new best_params.KeepBestParams({
      model,
      cost: new TinyCost(),
      monitoringDataset: new TinyDataset([[1], [1], [3]]),
      batchSize: 2,
    });
    await leavesAsync(0, async () => {
      for (const w of [0, 1.5, 3]) {
        model.w.setValue([w]);
        await extension.onMonitor();
      }
    });
    // w = 1.5: batches cost 1/8 and 9/8; w = 0: 1/2, 9/2; w = 3: 2, 0.
    expectClose(extension.bestCost, 0.625);
    expectClose(extension.getBestParams()[0].data as Float32Array, [1.5]);
    assert.equal(extension.getBestParams().length, 1);
  });
});
