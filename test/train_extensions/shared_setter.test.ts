import assert from 'node:assert/strict';
import { sharedX } from '../../src/engine';
import { getMonitor } from '../../src/monitor';
import { ChannelSmoother, SharedSetter } from '../../src/train_extensions';
import { logged } from '../support/log';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyModel } from '../support/tiny_model';

function monitored() {
  const model = new TinyModel();
  const monitor = getMonitor(model);
  monitor.quiet = true;
  monitor.addDataset({ dataset: new TinyDataset([[1]]), batchSize: 1 });
  return { model, monitor };
}

describe('train_extensions/SharedSetter', () => {
  it('sets variables at the monitorings asked for and monitors them', async () => {
    const { model, monitor } = monitored();
    const rate = sharedX(1, 'rate');
    const epochUpdates: [number, typeof rate, number][] = [
      [1, rate, 0.5],
      [3, rate, 0.25],
    ];
    const setter = new SharedSetter({ epochUpdates });
    setter.setup(model);
    for (let epoch = 0; epoch < 5; epoch++) {
      await monitor.monitor();
      setter.onMonitor();
    }
    assert.deepEqual(monitor.channels.get('rate').valRecord, [1, 1, 0.5, 0.5, 0.25]);
    rate.dispose();
  });

  it('refuses what is no shared variable', () => {
    const epochUpdates = [[0, 'rate', 1]] as never;
    assert.throws(() => new SharedSetter({ epochUpdates }), /expected a SharedVariable/);
  });
});

describe('train_extensions/ChannelSmoother', () => {
  it('publishes the mean of the last k - 1 values', async () => {
    const { model, monitor } = monitored();
    let value = 0;
    monitor.addChannel('v', () => value);
    const options = { channelToSmooth: 'v', channelToPublish: 'v_smooth', k: 3 };
    const smoother = new ChannelSmoother(options);
    smoother.setup(model);
    for (value of [1, 2, 6, 7]) {
      await monitor.monitor();
      smoother.onMonitor(model);
    }
    assert.deepEqual(monitor.channels.get('v_smooth').valRecord, [1, 1.5, 4, 6.5]);
    monitor.quiet = false;
    const [line] = await logged(() => smoother.onMonitor(model));
    assert.equal(line.text, '\tv_smooth: 6.5');
  });

  it('names the nearest channel', () => {
    const { model, monitor } = monitored();
    monitor.addChannel('objective', () => 1);
    const smoother = new ChannelSmoother({ channelToSmooth: 'objectve', channelToPublish: 's' });
    assert.throws(() => smoother.setup(model), /Did you mean `objective`\?/);
  });
});
