import assert from 'node:assert/strict';
import {
  getChannel,
  getMonitor,
  MonitorChannel,
  pushMonitor,
  readChannel,
} from '../../src/monitor';
import { NameError, StateError } from '../../src/utils/errors';
import { expectClose } from '../support/expect';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyCost, TinyModel } from '../support/tiny_model';

const dataset = new TinyDataset([[1], [2]]);

/** A model that was monitored before training and after two epochs. */
async function trained(): Promise<TinyModel> {
  const model = new TinyModel({ start: [3] });
  const monitor = getMonitor(model);
  monitor.quiet = true;
  monitor.setup({ dataset, cost: null, batchSize: 2 });
  await monitor.monitor();
  for (let epoch = 0; epoch < 2; epoch++) {
    monitor.reportBatch(2);
    monitor.reportEpoch();
    await monitor.monitor();
  }
  return model;
}

describe('monitor/pushMonitor', () => {
  it('puts the monitor aside and gives the model back', async () => {
    const model = await trained();
    const former = model.monitor;
    assert.equal(pushMonitor({ model, name: 'pretraining' }), model);
    assert.equal(model.pushedMonitors.pretraining, former);
    assert.equal(model.monitor, undefined);
    assert.equal(getMonitor(model).getEpochsSeen(), 0);
  });

  it('lets the new monitor count on', async () => {
    const model = await trained();
    pushMonitor({ model, name: 'first', transferExperience: true });
    assert.equal(model.monitor!.getEpochsSeen(), 2);
    assert.equal(model.monitor!.getBatchesSeen(), 2);
    assert.equal(model.monitor!.getExamplesSeen(), 4);
    assert.equal(model.monitor!.channels.size, 0);
  });

  it('hands the records on without the last entry, which monitoring will repeat', async () => {
    const model = await trained();
    pushMonitor({ model, name: 'first', transferExperience: true, saveRecords: true });
    const monitor = getMonitor(model);
    monitor.quiet = true;
    assert.deepEqual(monitor.channels.get('w_sum').epochRecord, [0, 1]);
    monitor.setup({ dataset, cost: null, batchSize: 2 });
    await monitor.monitor();
    assert.deepEqual(monitor.channels.get('w_sum').epochRecord, [0, 1, 2]);
    assert.deepEqual(model.pushedMonitors.first.channels.get('w_sum').epochRecord, [0, 1, 2]);
  });

  it('refuses when there is no monitor or the name is taken', async () => {
    assert.throws(() => pushMonitor({ model: new TinyModel(), name: 'a' }), /no monitor to push/);
    const model = await trained();
    pushMonitor({ model, name: 'a' });
    getMonitor(model);
    assert.throws(() => pushMonitor({ model, name: 'a' }), StateError);
  });

  it('names the nearest option for a wrong one', async () => {
    const options = { model: await trained(), name: 'a', transferExperence: true };
    assert.throws(() => pushMonitor(options), /Did you mean `transferExperience`\?/);
  });
});

describe('monitor/readChannel', () => {
  it('gives the last value, also of a pushed monitor', async () => {
    const model = await trained();
    assert.equal(readChannel({ model, channelName: 'w_sum' }), 3);
    pushMonitor({ model, name: 'first' });
    assert.equal(readChannel({ model, channelName: 'w_sum', monitorName: 'first' }), 3);
  });

  it('names the nearest channel and the nearest monitor', async () => {
    const model = await trained();
    const wrong = () => readChannel({ model, channelName: 'w_smu' });
    assert.throws(wrong, { name: 'NameError', message: /`w_smu`\. Did you mean `w_sum`\?/ });
    const nowhere = () => readChannel({ model, channelName: 'w_sum', monitorName: 'monitr' });
    const unlisted = () => getMonitor(model).channels.get('w_smu');
    assert.throws(unlisted, /monitor.channels: no channel `w_smu`\. Did you mean `w_sum`\?/);
    assert.equal(getMonitor(model).channels.has('w_smu'), false);
    assert.throws(nowhere, /no monitor `monitr`\. Did you mean `monitor`\?/);
  });

  it('says so when nothing was monitored yet', () => {
    const model = new TinyModel();
    getMonitor(model).setup({ dataset, cost: null, batchSize: 2 });
    assert.throws(() => readChannel({ model, channelName: 'w_sum' }), /has no value yet/);
  });
});

describe('monitor/getChannel', () => {
  it('computes a channel without touching the monitor of the model', async () => {
    const model = new TinyModel({ start: [1] });
    const options = { model, dataset, cost: new TinyCost(), batchSize: 1 };
    // Half the mean of 0 and 1.
    expectClose(await getChannel({ ...options, channel: 'objective' }), 0.25);
    assert.equal(model.monitor, undefined);
    await assert.rejects(getChannel({ ...options, channel: 'objectiv' }), NameError);
  });
});

describe('monitor/monitor_channel', () => {
  it('takes the state of another, whole or its beginning', () => {
    const channel = new MonitorChannel('a', 'what it is');
    for (const [epochs, value] of [4, NaN, 2].entries()) {
      channel.record(value, { epochs, batches: epochs * 10, examples: epochs * 100, seconds: 0.5 });
    }
    const copy = new MonitorChannel('b');
    copy.setState(channel.getState(), 2);
    assert.deepEqual(copy.valRecord, [4, NaN]);
    assert.deepEqual(copy.exampleRecord, [0, 100]);
    assert.equal(copy.doc, 'what it is');
    assert.equal(channel.describe(), 'a: 2.0 (3 values, from 2.0 to 4.0)');
  });
});
