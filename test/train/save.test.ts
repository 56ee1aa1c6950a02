import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { getMonitor, Monitor } from '../../src/monitor';
import { EpochCounter } from '../../src/termination_criteria';
import { Train, type TrainOptions } from '../../src/train';
import { TrainExtension } from '../../src/train_extensions';
import { load } from '../../src/utils/serial';
import { withClassNames } from '../support/class_names';
import { logged, quietly } from '../support/log';
import { folderForEachTest } from '../support/temporary';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyDescent, TinyModel, valuesOf } from '../support/tiny_model';

class Watching extends TinyModel {
  dataset?: TinyDataset;

  override getState() {
    return { ...super.getState(), dataset: this.dataset };
  }
}

function setting(maxEpochs: number, options: Partial<TrainOptions> = {}): Train {
  const dataset = new TinyDataset([[1], [2], [3]]);
  dataset.yamlSrc = '!obj:lab.TinyDataset {}';
  const algorithm = new TinyDescent(2, 0.25, new EpochCounter({ maxEpochs }));
  return new Train({ dataset, model: new TinyModel(), algorithm, ...options });
}

describe('train/save', () => {
  withClassNames(Monitor, TinyDataset, TinyModel, Watching);
  const path = folderForEachTest();

  it('saves every saveFreq epochs and once more at the end', async () => {
    const saves: number[] = [];
    class Counter extends TrainExtension {
      override onSave(model: TinyModel): void {
        saves.push(getMonitor(model).getEpochsSeen());
      }
    }
    const options = { savePath: path('m.pkl'), saveFreq: 2, extensions: [new Counter()] };
    await quietly(() => setting(4, options).mainLoop());
    assert.deepEqual(saves, [2, 4, 4]);
    assert.deepEqual(readdirSync(dirname(path('m.pkl'))), ['m.pkl']);
  });

  it('saves parameters, monitor and the YAML of the dataset', async () => {
    const train = setting(2, { savePath: path('m.pkl'), saveFreq: 1 });
    await quietly(() => train.mainLoop());
    const loaded = load(path('m.pkl')) as TinyModel;
    assert.deepEqual(valuesOf(loaded.w), valuesOf((train.model as TinyModel).w));
    assert.equal(loaded.datasetYamlSrc, '!obj:lab.TinyDataset {}');
    assert.deepEqual(loaded.monitor!.getState().channels, train.model.monitor!.getState().channels);
    assert.equal(loaded.monitor!.getEpochsSeen(), 2);
    assert.equal(loaded.monitor!.trainingSucceeded, true);
  });

  it('says what it saves and how long it took', async () => {
    const train = setting(1, { savePath: path('m.pkl'), saveFreq: 1 });
    const lines = (await logged(() => train.mainLoop())).map(({ text }) => text);
    const saving = lines.filter((text) => text.startsWith('Saving'));
    assert.equal(saving[0], `Saving to ${path('m.pkl')}...`);
    assert.match(saving[1], /m\.pkl done\. Time elapsed: \d+\.\d{6} seconds$/);
    assert.equal(saving.length, 4);
  });

  it('saves without a word where the monitor is quiet, as under a live plot', async () => {
    const train = setting(1, { savePath: path('m.pkl'), saveFreq: 1 });
    getMonitor(train.model).quiet = true;
    const lines = (await logged(() => train.mainLoop())).map(({ text }) => text);
    assert.deepEqual(
      lines.filter((text) => text.startsWith('Saving')),
      [],
    );
    assert.ok(existsSync(path('m.pkl')));
  });

  it('does not replace the file of another job unless allowed, but its own', async () => {
    writeFileSync(path('m.pkl'), 'precious');
    const refused = setting(1, { savePath: path('m.pkl'), saveFreq: 1, allowOverwrite: false });
    await quietly(() =>
      assert.rejects(refused.mainLoop(), /m\.pkl exists and may not be overwritten/),
    );
    assert.equal(readFileSync(path('m.pkl'), 'utf8'), 'precious');
    const own = setting(2, { savePath: path('own.pkl'), saveFreq: 1, allowOverwrite: false });
    assert.equal(await quietly(() => own.mainLoop()), 'criterion');
  });

  it('saves nothing when nothing is asked for, or training is interrupted by an error', async () => {
    await quietly(() => setting(1, { savePath: path('m.pkl') }).mainLoop());
    assert.equal(existsSync(path('m.pkl')), false);
  });

  it('refuses to save a model that refers to the dataset', async () => {
    const model = new Watching();
    const train = setting(1, { model, savePath: path('m.pkl'), saveFreq: 1 });
    model.dataset = train.dataset as TinyDataset;
    await quietly(() => assert.rejects(train.mainLoop(), /model refers to the training dataset/));
    assert.equal('getConfig' in train.dataset, false);
  });

  it('warns of a path without a frequency, and of a dataset without YAML', async () => {
    const warnings = async (options: Partial<TrainOptions>) =>
      (await logged(() => setting(1, options))).map(({ text }) => text);
    assert.match((await warnings({ savePath: 'm.pkl' }))[0], /never saved/);
    const options = { savePath: 'm.pkl', saveFreq: 1, dataset: new TinyDataset([[1]]) };
    assert.match((await warnings(options))[0], /will not know its data/);
    assert.deepEqual(await warnings({}), []);
  });
});

describe('train/default path', () => {
  const names = ['PYLEARN2_TRAIN_FILE_FULL_STEM', 'PYLEARN2_TRAIN_PHASE'];
  const former = names.map((name) => process.env[name]);

  afterEach(() => {
    names.forEach((name, i) => {
      if (former[i] === undefined) delete process.env[name];
      else process.env[name] = former[i];
    });
  });

  it('stands beside the YAML file, with the phase', async () => {
    process.env.PYLEARN2_TRAIN_FILE_FULL_STEM = '/tmp/lab/softmax';
    assert.equal(setting(1, { saveFreq: 1 }).savePath, '/tmp/lab/softmax.pkl');
    process.env.PYLEARN2_TRAIN_PHASE = 'phase2';
    assert.equal(setting(1, { saveFreq: 1 }).savePath, '/tmp/lab/softmax.phase2.pkl');
    assert.equal(setting(1).savePath, null);
  });

  it('must be given where there is no YAML file', () => {
    delete process.env.PYLEARN2_TRAIN_FILE_FULL_STEM;
    assert.throws(
      () => setting(1, { saveFreq: 1 }),
      /option `savePath` is missing: saveFreq is not 0/,
    );
  });
});
