import assert from 'node:assert/strict';
import { tf } from '../../src/engine';
import { getMonitor, Monitor } from '../../src/monitor';
import { StateError, ShapeError } from '../../src/utils/errors';
import { interrupt } from '../../src/utils/interrupt';
import { expectClose, leavesAsync } from '../support/expect';
import { logged, quietly } from '../support/log';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyCost, TinyModel } from '../support/tiny_model';

const five = new TinyDataset([[1], [2], [3], [4], [5]]);
const features = (model: TinyModel) => ({ space: model.getInputSpace(), source: 'features' });

function quietMonitor(model = new TinyModel()): Monitor {
  const monitor = getMonitor(model);
  monitor.quiet = true;
  return monitor;
}

describe('monitor/monitor: averages', () => {
  it('weighs batches by their examples, so that a mean is exact with an uneven last batch', async () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: new TinyCost(), batchSize: 2 });
    await monitor.monitor();
    // w = 0: the mean of x^2 / 2 over 1..5 is 55 / 10.
    expectClose(monitor.channels.get('objective').last(), 5.5);
    expectClose(monitor.channels.get('distance').last(), 11);
  });

  it('gives the weighted mean of maxima for a channel that is a maximum', async () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: null, batchSize: 2 });
    await monitor.monitor();
    // Batches [1 2] [3 4] [5].
    expectClose(monitor.channels.get('x_max').last(), (2 * 2 + 4 * 2 + 5) / 5);
  });

  it('sums in double precision', async () => {
    const many = new TinyDataset(Array.from({ length: 1001 }, () => [0.1]));
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    monitor.addDataset({ dataset: many, batchSize: 1 });
    monitor.addChannel('x', (x) => (x as tf.Tensor).mean(), { dataSpecs: features(model) });
    await monitor.monitor();
    assert.equal(monitor.channels.get('x').last(), Math.fround(0.1));
  });

  it('keeps NaN in the records and prints it', async () => {
    const monitor = getMonitor(new TinyModel({ start: [NaN] }));
    monitor.setup({ dataset: five, cost: null, batchSize: 5 });
    const lines = await logged(() => monitor.monitor());
    assert.ok(Number.isNaN(monitor.channels.get('w_sum').last()));
    assert.ok(lines[1].text.endsWith('\tw_sum: nan\n\tx_max: 5.0'));
  });

  it('asks for no data when no channel needs any', async () => {
    const dataset = new TinyDataset([[1], [2]]);
    const model = new TinyModel({ start: [2] });
    const monitor = quietMonitor(model);
    monitor.addDataset({ dataset, batchSize: 1 });
    let calls = 0;
    monitor.addChannel('calls', () => (calls += 1));
    monitor.addChannel('w', () => model.w.sum());
    await monitor.monitor();
    assert.equal(dataset.passes, 0);
    // One call to try it out, one to monitor.
    assert.equal(monitor.channels.get('calls').last(), 2);
    assert.equal(monitor.channels.get('w').last(), 2);
  });

  it('follows numbers that change from call to call', async () => {
    const monitor = quietMonitor();
    monitor.addDataset({ dataset: five, batchSize: 2 });
    let rate = 0.1;
    monitor.addChannel('rate', () => rate);
    await monitor.monitor();
    rate = 0.05;
    await monitor.monitor();
    expectClose(monitor.channels.get('rate').valRecord, [0.1, 0.05], 1e-12);
  });

  it('gives number channels the batch if they ask for it', async () => {
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    monitor.addDataset({ dataset: five, batchSize: 2 });
    monitor.addChannel('size', (x) => (x as tf.Tensor).shape[0], { dataSpecs: features(model) });
    await monitor.monitor();
    expectClose(monitor.channels.get('size').last(), (2 * 2 + 2 * 2 + 1) / 5);
  });

  it('runs each prerequisite once a batch', async () => {
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    monitor.addDataset({ dataset: five, batchSize: 2 });
    const sizes: number[] = [];
    const prereq = (x: unknown) => sizes.push((x as tf.Tensor).shape[0]);
    const options = { dataSpecs: features(model), prereqs: [prereq] };
    monitor.addChannel('a', () => model.w.sum(), options);
    monitor.addChannel('b', () => model.w.sum(), options);
    await monitor.monitor();
    assert.deepEqual(sizes, [2, 2, 1]);
  });

  it('fails when the iterator gives another number of examples than it announced', async () => {
    const liar = new TinyDataset([[1], [2]]);
    const honest = liar.iterator.bind(liar);
    liar.iterator = (options) => Object.assign(honest(options), { numExamples: 3 });
    const monitor = quietMonitor();
    monitor.setup({ dataset: liar, cost: null, batchSize: 1 });
    await assert.rejects(monitor.monitor(), /announced 3 examples and gave 2/);
    assert.deepEqual(monitor.channels.get('w_sum').valRecord, []);
  });

  it('tells how much of all datasets is measured while it runs, and nothing afterwards', async () => {
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    const seen: (number | undefined)[] = [];
    const look = () => seen.push(monitor.measured);
    const options = { dataSpecs: features(model), prereqs: [look] };
    for (const dataset of [five, new TinyDataset([[1], [2], [3], [4], [5]])]) {
      monitor.addDataset({ dataset, batchSize: 2 });
      monitor.addChannel(`w_${monitor.datasets.length}`, () => model.w.sum(), {
        ...options,
        dataset,
      });
    }
    await monitor.monitor();
    assert.deepEqual(seen.slice(-6), [0, 0.2, 0.4, 0.5, 0.7, 0.9]);
    assert.equal(monitor.measured, undefined);
  });

  it('completes when interrupted on the way', async () => {
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    monitor.setup({ dataset: five, cost: null, batchSize: 1 });
    monitor.addChannel('interrupts', () => (interrupt(), 0));
    await monitor.monitor();
    assert.equal(monitor.channels.get('x_max').last(), 3);
  });

  it('leaves no tensors behind', async () => {
    const model = new TinyModel();
    const monitor = quietMonitor(model);
    await leavesAsync(0, async () => {
      monitor.setup({ dataset: five, cost: new TinyCost(), batchSize: 2 });
      await monitor.monitor();
      await monitor.monitor();
    });
  });
});

describe('monitor/monitor: setup', () => {
  it('names the channels of one dataset without a prefix', () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: new TinyCost(), batchSize: 2 });
    assert.deepEqual([...monitor.channels.keys()], ['objective', 'distance', 'w_sum', 'x_max']);
  });

  it('prefixes the channels of named datasets, and those of extra costs', () => {
    const monitor = quietMonitor();
    const dataset = { train: five, valid: new TinyDataset([[1]]) };
    const extraCosts = { nll: new TinyCost() };
    monitor.setup({ dataset, cost: new TinyCost(), extraCosts, batchSize: 2 });
    const names = ['objective', 'nll', 'distance', 'nll_distance', 'w_sum', 'x_max'];
    const expected = ['train_', 'valid_'].flatMap((prefix) => names.map((name) => prefix + name));
    assert.deepEqual([...monitor.channels.keys()], expected);
  });

  it('computes the channels of each dataset on its own examples', async () => {
    const monitor = quietMonitor();
    const dataset = { a: five, b: new TinyDataset([[10], [20]]) };
    monitor.setup({ dataset, cost: null, batchSize: 5 });
    await monitor.monitor();
    assert.equal(monitor.channels.get('a_x_max').last(), 5);
    assert.equal(monitor.channels.get('b_x_max').last(), 20);
  });

  it('lets the model have a name that the cost uses too', async () => {
    class Clashing extends TinyCost {
      override getMonitoringChannels() {
        return { w_sum: tf.scalar(-1) };
      }
    }
    const monitor = quietMonitor(new TinyModel({ start: [7] }));
    monitor.setup({ dataset: five, cost: new Clashing(), batchSize: 5 });
    await monitor.monitor();
    assert.equal(monitor.channels.get('w_sum').last(), 7);
  });

  it('leaves the objective out when the cost has no expression', () => {
    class Intractable extends TinyCost {
      override expr() {
        return null as never;
      }
      override getMonitoringChannels() {
        return {};
      }
    }
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: new Intractable(), batchSize: 5 });
    assert.equal(monitor.channels.has('objective'), false);
  });

  it('does nothing without a dataset', () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: null, cost: new TinyCost() });
    assert.equal(monitor.channels.size, 0);
  });

  it('refuses what is no dataset, by name', () => {
    const dataset = { train: five, valid: 3 as never };
    assert.throws(
      () => quietMonitor().setup({ dataset, cost: null, batchSize: 1 }),
      /monitor\.Monitor\.setup: .*`valid`: expected a Dataset, received 3/,
    );
  });

  it('wants a seed for the modes that draw, and none for the others', () => {
    const monitor = quietMonitor();
    const draws = { dataset: five, mode: 'shuffled_sequential' as const, batchSize: 1 };
    assert.throws(() => monitor.addDataset(draws), /`shuffled_sequential` needs a seed/);
    const fixed = { dataset: five, batchSize: 1, seed: 1 };
    assert.throws(() => monitor.addDataset(fixed), /`sequential` takes no seed/);
    monitor.setup({ ...draws, cost: null });
    assert.equal(monitor.datasets.length, 1);
  });

  it('takes a dataset once', () => {
    const monitor = quietMonitor();
    monitor.addDataset({ dataset: five, batchSize: 1 });
    monitor.addDataset({ dataset: five, batchSize: 2 });
    assert.deepEqual(monitor.datasets, [five]);
  });
});

describe('monitor/monitor: addChannel', () => {
  it('refuses a value that is not a scalar', () => {
    const monitor = quietMonitor();
    monitor.addDataset({ dataset: five, batchSize: 1 });
    assert.throws(() => monitor.addChannel('x', () => tf.ones([2]) as never), ShapeError);
    assert.throws(() => monitor.addChannel('x', () => 'one' as never), /scalar, received "one"/);
    assert.equal(monitor.channels.size, 0);
  });

  it('needs to know the dataset unless there is exactly one', () => {
    const monitor = quietMonitor();
    assert.throws(() => monitor.addChannel('x', () => 1), /give its dataset \(there are 0\)/);
    monitor.addDataset({ dataset: five, batchSize: 1 });
    const other = new TinyDataset([[1]]);
    assert.throws(() => monitor.addChannel('x', () => 1, { dataset: other }), /was not added/);
    monitor.addChannel('x', () => 1);
    monitor.addDataset({ dataset: other, batchSize: 1 });
    assert.throws(() => monitor.addChannel('y', () => 1), /give its dataset \(there are 2\)/);
  });

  it('refuses a name that is taken, unless told what to do', async () => {
    const monitor = quietMonitor();
    monitor.addDataset({ dataset: five, batchSize: 1 });
    monitor.addChannel('x', () => 1);
    await monitor.monitor();
    assert.throws(() => monitor.addChannel('x', () => 2), StateError);

    monitor.onChannelConflict = 'copy_history';
    monitor.addChannel('x', () => 2);
    await monitor.monitor();
    assert.deepEqual(monitor.channels.get('x').valRecord, [1, 2]);

    monitor.onChannelConflict = 'overwrite';
    monitor.addChannel('x', () => 3);
    await monitor.monitor();
    assert.deepEqual(monitor.channels.get('x').valRecord, [3]);
  });
});

describe('monitor/monitor: records and report', () => {
  it('records how far training was', async () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: null, batchSize: 5 });
    await monitor.monitor();
    monitor.reportBatch(100);
    monitor.reportBatch(50);
    monitor.reportEpoch();
    await monitor.monitor();
    const channel = monitor.channels.get('w_sum');
    assert.deepEqual(channel.batchRecord, [0, 2]);
    assert.deepEqual(channel.exampleRecord, [0, 150]);
    assert.deepEqual(channel.epochRecord, [0, 1]);
    assert.ok(channel.timeRecord[0] <= channel.timeRecord[1]);
  });

  it('prints the list of channels once, then the report in number-aware order', async () => {
    const monitor = getMonitor(new TinyModel());
    monitor.addDataset({ dataset: five, batchSize: 5 });
    const values = { h10: 1, h2: 0.5, big: 12345.678, small: 1e-5, x: -Infinity };
    for (const [name, value] of Object.entries(values)) monitor.addChannel(name, () => value);
    const lines = await logged(async () => {
      await monitor.monitor();
      await monitor.monitor();
    });
    const report =
      'Monitoring step:\n\tEpochs seen: 0\n\tBatches seen: 0\n\tExamples seen: 0\n' +
      '\tbig: 1.235e+04\n\th2: 0.5\n\th10: 1.0\n\tsmall: 1e-05\n\tx: -inf';
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['Monitored channels: \n\tbig\n\th10\n\th2\n\tsmall\n\tx', report, report],
    );
    assert.ok(lines.every(({ level, where }) => level === 'report' && where === 'monitor'));
  });

  it('prints nothing when it is quiet', async () => {
    const monitor = quietMonitor();
    monitor.setup({ dataset: five, cost: null, batchSize: 5 });
    assert.deepEqual(await logged(() => monitor.monitor()), []);
  });

  it('gives its state as plain data and takes it back', async () => {
    const dataset = new TinyDataset([[1]]);
    dataset.yamlSrc = '!obj:lab.Tiny {}';
    const model = new TinyModel({ start: [3] });
    const monitor = quietMonitor(model);
    monitor.setup({ dataset, cost: null, batchSize: 1 });
    monitor.reportBatch(1);
    monitor.reportEpoch();
    await monitor.monitor();
    monitor.trainingSucceeded = true;
    const state = monitor.getState();
    assert.deepEqual(state.datasets, ['!obj:lab.Tiny {}']);

    const loaded = new Monitor(monitor.getConfig());
    loaded.setState(structuredClone(state));
    // The datasets themselves are not restored.
    assert.deepEqual(loaded.getState(), { ...state, datasets: [] });
    assert.equal(loaded.channels.get('w_sum').last(), 3);
    assert.equal(loaded.getEpochsSeen(), 1);
  });

  it('goes on with the history of a loaded monitor', async () => {
    const model = new TinyModel({ start: [3] });
    const monitor = quietMonitor(model);
    monitor.setup({ dataset: five, cost: null, batchSize: 5 });
    await monitor.monitor();
    model.monitor = new Monitor();
    model.monitor.setState(monitor.getState());
    const loaded = quietMonitor(model);
    loaded.onChannelConflict = 'copy_history';
    loaded.setup({ dataset: five, cost: null, batchSize: 5 });
    await loaded.monitor();
    assert.deepEqual(loaded.channels.get('w_sum').valRecord, [3, 3]);
  });

  it('describes itself and its channels', async () => {
    const monitor = await quietly(async () => {
      const made = quietMonitor(new TinyModel({ start: [3] }));
      made.setup({ dataset: five, cost: null, batchSize: 5 });
      await made.monitor();
      return made;
    });
    const heading = 'Monitor: 0 epochs, 0 batches, 0 examples seen; 2 channels';
    assert.equal(monitor.describe(), `${heading}\n  w_sum: 3.0\n  x_max: 5.0`);
    const channel = monitor.channels.get('w_sum');
    assert.equal(channel.describe(), 'w_sum: 3.0 (1 values, from 3.0 to 3.0)');
  });
});
