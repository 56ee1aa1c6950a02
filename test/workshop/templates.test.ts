import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { substitute } from '../../src/config';
import type { MLP } from '../../src/models/mlp';
import { printMonitor, train as trainScript } from '../../src/scripts';
import type { Train } from '../../src/train';
import { serial } from '../../src/utils';
import { logged, quietly } from '../support/log';
import { setEnvironment, useMnist } from '../support/mnist';
import { folderForEachTest } from '../support/temporary';
import { load } from '../support/yaml';

/** Three pieces that are pasted into a fourth, each with numbers of its own. */
const DATASET = `!obj:pylearn2.datasets.mnist.MNIST {
        which_set: 'train', start: 0, stop: %(train_stop)i
    }`;
const MODEL = `!obj:pylearn2.models.mlp.MLP {
        layers: [ !obj:pylearn2.models.mlp.RectifiedLinear {
                      layer_name: 'h0', dim: %(dim_h0)d, sparse_init: %(sparse_init)i,
                  }, !obj:pylearn2.models.mlp.Softmax {
                      layer_name: 'y', n_classes: 10, irange: %(irange).3f
                  } ],
        nvis: 784,
    }`;
const ALGORITHM = `!obj:pylearn2.training_algorithms.sgd.SGD {
        batch_size: %(batch_size)i, learning_rate: %(learning_rate)g,
        monitoring_dataset: { 'train': *train, },
        termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter {
            max_epochs: %(max_epochs)i } }`;
const TRAIN = `# 100%% a template
!obj:pylearn2.train.Train {
    dataset: &train %(dataset)s,
    model: %(model)s,
    algorithm: %(algorithm)s,
    extensions: [ !obj:pylearn2.train_extensions.best_params.MonitorBasedSaveBest {
        channel_name: 'train_y_misclass',
        save_path: "%(save_path)s/best.pkl" } ],
    save_path: '\${PYLEARN2_TRAIN_DIR}%(name)s_last.pkl',
    save_freq: 1
}`;
const numbers = { train_stop: 110, dim_h0: 15, sparse_init: 10, irange: 0.05 };
const steps = { batch_size: 25.0, learning_rate: 5e-2, max_epochs: 2 };
const pieces = { dataset: DATASET, model: MODEL, algorithm: ALGORITHM };

/** A file that is no template: it knows where it lies, and under which name. */
const FILE = `!obj:pylearn2.train.Train {
    dataset: &train !obj:pylearn2.datasets.mnist.MNIST { which_set: '\${SET}', start: 0, stop: 60 },
    model: !obj:pylearn2.models.softmax_regression.SoftmaxRegression {
        n_classes: 10, irange: 0., nvis: 784, },
    algorithm: !obj:pylearn2.training_algorithms.sgd.SGD {
        batch_size: 25, learning_rate: 1e-1, monitoring_dataset: { 'train': *train },
        termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 1 } },
    extensions: [ !obj:pylearn2.train_extensions.best_params.MonitorBasedSaveBest {
        channel_name: 'train_y_misclass',
        save_path: "\${PYLEARN2_TRAIN_FILE_FULL_STEM}_best.pkl" } ],
    save_path: "\${PYLEARN2_TRAIN_DIR}last_of_\${PYLEARN2_TRAIN_FILE_STEM}.pkl",
    save_freq: 1
}`;

const PLACES = ['FILE_FULL_STEM', 'FILE_STEM', 'BASE_NAME', 'DIR', 'PHASE'];
const unset = Object.fromEntries(PLACES.map((name) => [`PYLEARN2_TRAIN_${name}`, undefined]));

describe('workshop/templates', () => {
  const path = folderForEachTest();
  let restore = () => {};
  useMnist();
  afterEach(() => restore());

  it('are filled with numbers, then pasted into one another', async () => {
    restore = setEnvironment({ PYLEARN2_TRAIN_DIR: `${path('')}/` });
    const filled = Object.entries(pieces).map(([name, text]) => {
      return [name, substitute(text, { ...numbers, ...steps })] as const;
    });
    const values = { ...Object.fromEntries(filled), save_path: path('.'), name: 'own' };
    const train = load<Train>(TRAIN, { values });
    await quietly(() => train.mainLoop());
    const saved = serial.load(path('own_last.pkl')) as MLP;
    assert.equal(saved.monitor!.getEpochsSeen(), 2);
    assert.equal(saved.monitor!.getBatchesSeen(), 10);
    assert.equal(saved.layers[0].getOutputSpace().getTotalDimension(), 15);
    assert.match(saved.datasetYamlSrc!, /stop: 110/);
    assert.ok(serial.load(path('best.pkl')));
  });

  it('say which of their values is missing, and where', () => {
    assert.throws(() => load(TRAIN, { values: { ...pieces, save_pth: '.', name: 'own' } }), {
      line: 8,
      reason: 'there is no value for `%(save_path)`. Did you mean `save_pth`?',
    });
  });

  it('in files know where they lie; print_monitor reads what the script saved', async () => {
    restore = setEnvironment({ ...unset, SET: 'train' });
    writeFileSync(path('own.yaml'), FILE);
    await quietly(() => trainScript({ config: path('own.yaml') }));
    const lines = await logged(() => printMonitor({ files: [path('last_of_own.pkl')] }));
    assert.equal(lines[0].text, 'epochs seen:  1');
    assert.ok(lines.some(({ text }) => /^train_y_misclass : 0\.\d+$/.test(text)));
    assert.ok(serial.load(path('own_best.pkl')));
  });
});
