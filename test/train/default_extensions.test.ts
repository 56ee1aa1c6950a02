import assert from 'node:assert/strict';
import { getMonitor } from '../../src/monitor';
import { EpochCounter } from '../../src/termination_criteria';
import { setDefaultExtensions, Train, type TrainOptions } from '../../src/train';
import { TrainExtension } from '../../src/train_extensions';
import { setDisplayHost } from '../../src/utils/display';
import { quietly } from '../support/log';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyDescent, TinyModel } from '../support/tiny_model';

class Drawing extends TrainExtension {}

async function trained(options: Partial<TrainOptions> = {}): Promise<Train> {
  const algorithm = new TinyDescent(1, 0.5, new EpochCounter({ maxEpochs: 1 }));
  const dataset = new TinyDataset([[1], [2]]);
  const train = new Train({ dataset, model: new TinyModel(), algorithm, ...options });
  await quietly(() => train.mainLoop());
  return train;
}

describe('train/default extensions', () => {
  before(() => setDefaultExtensions(() => [new Drawing()]));
  beforeEach(() => setDisplayHost({ show: () => ({ update: () => {} }) }));
  afterEach(() => setDisplayHost(undefined));
  after(() => setDefaultExtensions(() => []));

  it('are added where there is a display, and the monitor prints nothing', async () => {
    const train = await trained();
    assert.deepEqual(
      train.extensions.map(({ constructor }) => constructor),
      [Drawing],
    );
    assert.equal(getMonitor(train.model).quiet, true);
  });

  it('are not added headless', async () => {
    setDisplayHost(undefined);
    const train = await trained({ plot: true });
    assert.equal(train.extensions.length, 0);
    assert.equal(getMonitor(train.model).quiet, false);
  });

  it('are not added when the experiment says so', async () => {
    const train = await trained({ plot: false });
    assert.equal(train.extensions.length, 0);
    assert.equal(getMonitor(train.model).quiet, false);
  });

  it('are not added beside one of the same class', async () => {
    const own = new Drawing();
    const train = await trained({ extensions: [own] });
    assert.deepEqual(train.extensions, [own]);
    assert.equal(getMonitor(train.model).quiet, true);
  });
});
