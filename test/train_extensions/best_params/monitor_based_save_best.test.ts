import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { getMonitor, Monitor } from '../../../src/monitor';
import { best_params } from '../../../src/train_extensions';
import type { MonitorBasedSaveBestOptions } from '../../../src/train_extensions/best_params';
import { load } from '../../../src/utils/serial';
import { withClassNames } from '../../support/class_names';
import { leavesAsync } from '../../support/expect';
import { logged, quietly } from '../../support/log';
import { folderForEachTest } from '../../support/temporary';
import { TinyDataset } from '../../support/tiny_dataset';
import { TinyModel, valuesOf } from '../../support/tiny_model';

const { MonitorBasedSaveBest } = best_params;

/** Feeds values of channel `v` to the extension, epoch by epoch; w is the number of the epoch. */
async function feed(options: Omit<MonitorBasedSaveBestOptions, 'channelName'>, values: number[]) {
  const model = new TinyModel();
  const monitor = getMonitor(model);
  monitor.quiet = true;
  monitor.addDataset({ dataset: new TinyDataset([[1]]), batchSize: 1 });
  let value = NaN;
  monitor.addChannel('v', () => value);
  const extension = new MonitorBasedSaveBest({ channelName: 'v', ...options });
  extension.setup(model);
  for (const [epoch, next] of values.entries()) {
    value = next;
    model.w.setValue([epoch]);
    await monitor.monitor();
    await quietly(() => extension.onMonitor(model));
    monitor.reportEpoch();
  }
  return { extension, model };
}

describe('train_extensions/best_params/MonitorBasedSaveBest', () => {
  withClassNames(Monitor, TinyModel);
  const path = folderForEachTest();

  it('saves the model of the lowest value, the first monitoring included', async () => {
    const { extension } = await feed({ savePath: path('best.pkl') }, [3, 1, NaN, 2, 1]);
    assert.equal(extension.bestCost, 1);
    const best = load(path('best.pkl')) as TinyModel;
    assert.deepEqual(valuesOf(best.w), [1]);
    assert.equal(best.tag.MonitorBasedSaveBest.best_cost, 1);
    assert.deepEqual(best.monitor!.channels.get('v').valRecord, [3, 1]);
    await feed({ savePath: path('first.pkl') }, [1]);
    assert.ok(existsSync(path('first.pkl')));
  });

  it('keeps a copy of the best model in memory and disposes of the former', async () => {
    // The model that is trained and the best one each have one parameter.
    const { extension, model } = await leavesAsync(2, () =>
      feed({ storeBestModel: true }, [3, 2, 1, 5]),
    );
    assert.deepEqual(valuesOf((extension.bestModel as TinyModel).w), [2]);
    assert.deepEqual(valuesOf(model.w), [3]);
  });

  it('takes the highest value when told to', async () => {
    const options = { storeBestModel: true, higherIsBetter: true };
    const { extension } = await feed(options, [3, 7, 1]);
    assert.equal(extension.bestCost, 7);
    assert.deepEqual(valuesOf((extension.bestModel as TinyModel).w), [1]);
  });

  it('waits for the start epoch', async () => {
    const { extension } = await feed({ storeBestModel: true, startEpoch: 2 }, [1, 2, 4, 3]);
    assert.equal(extension.bestCost, 3);
  });

  it('notes what it does in the tag, under a key of its own if given', async () => {
    const { model } = await feed({ savePath: path('best.pkl'), tagKey: 'mine' }, [3, 1]);
    assert.deepEqual(model.tag, {
      mine: {
        channel_name: 'v',
        save_path: path('best.pkl'),
        hostname: hostname(),
        best_cost: 1,
      },
    });
  });

  it('warns when another uses its entry of the tag', async () => {
    const { model } = await feed({ storeBestModel: true }, []);
    const second = new MonitorBasedSaveBest({ channelName: 'v', storeBestModel: true });
    const [line] = await logged(() => second.setup(model));
    assert.match(line.text, /entry `MonitorBasedSaveBest` already/);
  });

  it('wants somewhere to put the model', () => {
    assert.throws(
      () => new MonitorBasedSaveBest({ channelName: 'v' }),
      /option `savePath` is missing: give a path, or set storeBestModel/,
    );
  });

  it('names the nearest channel', async () => {
    const { model } = await feed({ storeBestModel: true }, [1]);
    const extension = new MonitorBasedSaveBest({ channelName: 'vv', storeBestModel: true });
    assert.throws(() => extension.onMonitor(model), /no channel `vv`\. Did you mean `v`\?/);
  });
});
