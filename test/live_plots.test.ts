import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enableLivePlots } from '../src/live_plots';
import { EpochCounter } from '../src/termination_criteria';
import { setDefaultExtensions, Train, type TrainOptions } from '../src/train';
import { LivePlot } from '../src/train_extensions';
import { setDisplayHost } from '../src/utils/display';
import { quietly } from './support/log';
import { recordingHost } from './support/recording_host';
import { TinyDataset } from './support/tiny_dataset';
import { TinyDescent, TinyModel } from './support/tiny_model';

describe('live_plots', () => {
  const shown = recordingHost();
  const home = process.cwd();
  let folder: string;
  beforeEach(() => {
    process.chdir((folder = mkdtempSync(join(tmpdir(), 'tslearn2-live-'))));
    enableLivePlots();
  });
  afterEach(() => {
    setDefaultExtensions(() => []);
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  /** Trains and tells how many live plots there were. */
  async function plots(options: Partial<TrainOptions> = {}): Promise<number> {
    const algorithm = new TinyDescent(1, 0.1, new EpochCounter({ maxEpochs: 1 }));
    const dataset = new TinyDataset([[1]]);
    const train = new Train({ dataset, model: new TinyModel(), algorithm, ...options });
    await quietly(() => train.mainLoop());
    return train.extensions.filter((extension) => extension instanceof LivePlot).length;
  }

  it('gives a training in a notebook a live plot', async () => {
    assert.equal(await plots(), 1);
    assert.ok(shown().length > 0);
  });

  it('keeps its metrics on disk, and none of one that wants no plot', async () => {
    await plots({ plot: false });
    assert.ok(!existsSync('.tslearn2'));
    await plots();
    const [file] = readdirSync(join('.tslearn2', 'metrics'));
    assert.match(file, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-TinyModel\.csv$/);
  });

  it('leaves a training alone that wants none or has its own', async () => {
    assert.equal(await plots({ plot: false }), 0);
    assert.equal(await plots({ extensions: [new LivePlot({ smoothing: 2 })] }), 1);
  });

  it('leaves a training alone where there is no notebook', async () => {
    setDisplayHost(undefined);
    assert.equal(await plots(), 0);
  });
});
