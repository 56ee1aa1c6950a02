import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMonitor } from '../../src/monitor';
import { plotMonitor } from '../../src/scripts';
import { readMetrics } from '../../src/scripts/metrics_file';
import { EpochCounter } from '../../src/termination_criteria';
import { Train } from '../../src/train';
import { MetricsLog } from '../../src/train_extensions';
import { DataError } from '../../src/utils/errors';
import { quietly } from '../support/log';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyDescent, TinyModel } from '../support/tiny_model';

describe('train_extensions/metrics_log', () => {
  const home = process.cwd();
  let folder: string;
  beforeEach(() => process.chdir((folder = mkdtempSync(join(tmpdir(), 'tslearn2-metrics-')))));
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  async function train(extension: MetricsLog, maxEpochs = 2): Promise<Train> {
    const algorithm = new TinyDescent(1, 0.1, new EpochCounter({ maxEpochs }));
    const dataset = new TinyDataset([[1], [2]]);
    const training = new Train({ dataset, model: new TinyModel(), algorithm, extensions: [extension] }); // prettier-ignore
    await quietly(() => training.mainLoop());
    return training;
  }

  it('writes a line at each monitoring, which reads as the records of the channels', async () => {
    const { model } = await train(new MetricsLog({ path: 'a/b.csv' }));
    const channels = [...getMonitor(model).channels.values()];
    const read = readMetrics('a/b.csv', 'here');
    assert.deepEqual(
      read.map(({ name }) => name),
      channels.map(({ name }) => name),
    );
    for (const [i, { valRecord, epochRecord, batchRecord, exampleRecord }] of channels.entries()) {
      assert.deepEqual(read[i].valRecord, valRecord);
      assert.deepEqual(read[i].epochRecord, epochRecord);
      assert.deepEqual(read[i].batchRecord, batchRecord);
      assert.deepEqual(read[i].exampleRecord, exampleRecord);
    }
  });

  it('goes on with a table of the same columns, in a further training', async () => {
    await train(new MetricsLog({ path: 'm.csv' }));
    const before = readFileSync('m.csv', 'utf8');
    await train(new MetricsLog({ path: 'm.csv' }));
    const after = readFileSync('m.csv', 'utf8');
    assert.ok(after.startsWith(before));
    assert.equal(after.split('\n').length, 2 * before.split('\n').length - 2);
  });

  it('leaves a file of other columns alone and says so', async () => {
    writeFileSync('m.csv', 'mine\n1\n');
    await assert.rejects(train(new MetricsLog({ path: 'm.csv' })), /m\.csv has other columns/);
    assert.equal(readFileSync('m.csv', 'utf8'), 'mine\n1\n');
  });

  it('makes a file of its own for each training where none is given', async () => {
    const logs = [new MetricsLog(), new MetricsLog()];
    for (const one of logs) await train(one);
    assert.notEqual(logs[0].path, logs[1].path);
    assert.ok(logs.every(({ path }) => existsSync(path!)));
  });

  it('lets training go on where the disk refuses a file that nobody asked for', async () => {
    writeFileSync('.tslearn2', 'in the way');
    const { model } = await train(new MetricsLog());
    assert.equal(getMonitor(model).getEpochsSeen(), 2);
  });

  it('is drawn by plotMonitor, a line cut short left out', async () => {
    await train(new MetricsLog({ path: 'm.csv' }));
    const lines = readMetrics('m.csv', 'here')[0].valRecord.length;
    appendFileSync('m.csv', '3,6');
    assert.equal(readMetrics('m.csv', 'here')[0].valRecord.length, lines);
    await plotMonitor({ models: ['m.csv'], out: 'm.svg' });
    assert.match(readFileSync('m.svg', 'utf8'), /^<svg/);
  });

  it('names what is no such table', async () => {
    writeFileSync('x.csv', 'a,b\n1,2\n');
    await assert.rejects(
      plotMonitor({ models: ['x.csv'] }),
      new DataError(
        'scripts.plot_monitor: expected x.csv to begin with the columns epochs, batches, examples, seconds.',
      ),
    );
    await assert.rejects(plotMonitor({ models: ['y.csv'] }), /has no `y\.csv`.*x\.csv/);
  });
});
