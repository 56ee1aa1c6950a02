import assert from 'node:assert/strict';
import { load, resolve, setLibrary, type Proxy } from '../../src/config';
import { allMembers } from '../../src/config/resolve';
import { hasSchema, type Member } from '../../src/config/tree';
import * as library from '../../src/namespace';
import type { OptionsSchema } from '../../src/utils/options';
import { logged } from '../support/log';

/** In the shape of Pylearn2's softmax regression: a template into which others are pasted. */
const TRAIN = `!obj:pylearn2.train.Train {
    dataset: &train %(dataset)s,
    model: %(model)s,
    algorithm: %(algorithm)s,
    extensions: [
        !obj:pylearn2.train_extensions.best_params.MonitorBasedSaveBest {
             channel_name: 'valid_y_misclass',
             save_path: "%(save_path)s/best.pkl"
        },
    ],
    save_path: "%(save_path)s/last.pkl",
    save_freq: 1
}
`;

const MODEL = `!obj:pylearn2.models.softmax_regression.SoftmaxRegression {
    n_classes: 10,
    irange: 0.,
    nvis: 784,
}`;

const ALGORITHM = `!obj:pylearn2.training_algorithms.bgd.BGD {
        batch_size: %(batch_size)i,
        line_search_mode: 'exhaustive',
        conjugate: 1,
        monitoring_dataset: {
            'train' : *train,
            'test' : !obj:pylearn2.datasets.mnist.MNIST { which_set: 'test' }
        },
        termination_criterion: !obj:pylearn2.termination_criteria.And {
            criteria: [
                !obj:pylearn2.termination_criteria.MonitorBased { channel_name: "valid_y_misclass" },
                !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 50 }
            ]
        }
    }`;

const DATASET = `!obj:pylearn2.datasets.mnist.MNIST { which_set: 'train', start: 0, stop: 50000 }`;

function nameables(): [string, Member & { schema: OptionsSchema }][] {
  const all = [...allMembers()].filter(([name]) => name.startsWith('pylearn2.'));
  return all.filter(([, member]) => hasSchema(member)) as [
    string,
    Member & { schema: OptionsSchema },
  ][];
}

describe('config: the library’s own names', () => {
  let former: object | undefined;
  before(() => {
    former = setLibrary(library);
  });
  after(() => setLibrary(former ?? {}));

  it('knows everything that an experiment of Pylearn2 names', () => {
    const values = {
      dataset: DATASET,
      model: MODEL,
      algorithm: ALGORITHM.replace('%(batch_size)i', '10000'),
      save_path: '.',
    };
    const train = load<Proxy>(TRAIN, { instantiate: false, values });
    assert.equal(train.name, 'pylearn2.train.Train');
    const algorithm = train.keywords.get('algorithm') as Proxy;
    const monitored = algorithm.keywords.get('monitoring_dataset') as Record<string, Proxy>;
    assert.equal(monitored.train, train.keywords.get('dataset'));
    assert.equal(algorithm.keywords.get('batch_size'), 10000);
  });

  it('finds each class and function by the name that the tree gives it', () => {
    const all = nameables();
    assert.ok(all.length > 30, `${all.length}`);
    for (const [name, member] of all) assert.equal(resolve(name), member, name);
  });

  it('has one YAML spelling for each option', () => {
    for (const [name, { schema }] of nameables()) {
      const yaml = [...schema.yamlKeys.values()];
      assert.equal(new Set(yaml).size, schema.keys.length, name);
    }
  });

  it('speaks of a misspelled class, option and value in YAML’s words', () => {
    assert.throws(() => load('!obj:pylearn2.termination_criteria.EpochCountr {}'), {
      reason:
        '!obj:pylearn2.termination_criteria.EpochCountr: `pylearn2.termination_criteria` has no ' +
        '`EpochCountr`. Did you mean `EpochCounter`?',
    });
    assert.throws(() => load('!obj:pylearn2.termination_criteria.EpochCounter {max_epoch: 1}'), {
      reason:
        '!obj:pylearn2.termination_criteria.EpochCounter: no option `max_epoch`. ' +
        'Did you mean `max_epochs`?',
    });
    assert.throws(() => load('!obj:pylearn2.termination_criteria.EpochCounter {max_epochs: ten}'), {
      reason: /^!obj:pylearn2\.termination_criteria\.EpochCounter: option `max_epochs`: .*"ten"\.$/,
      line: 1,
      column: 62,
    });
  });

  it('finds what moved under its former name, and says so once', async () => {
    const lines = await logged(() => {
      const penalty = load('!obj:pylearn2.models.mlp.WeightDecay { coeffs: [ .00005 ] }');
      assert.ok(penalty instanceof library.costs.mlp.WeightDecay);
      assert.ok(
        load('!obj:pylearn2.costs.cost.DefaultCost {}') instanceof library.costs.mlp.Default,
      );
      load('!obj:pylearn2.models.mlp.WeightDecay { coeffs: [ 1. ] }');
    });
    assert.deepEqual(
      lines.map(({ text }) => text),
      [
        '`pylearn2.models.mlp.WeightDecay` is called `pylearn2.costs.mlp.WeightDecay` now.',
        '`pylearn2.costs.cost.DefaultCost` is called `pylearn2.costs.mlp.Default` now.',
      ],
    );
  });

  it('finds what older files name where it was', async () => {
    const former = {
      'autoencoder.DenoisingAutoencoder': library.models.autoencoder.DenoisingAutoencoder,
      'models.mlp.Default': library.costs.mlp.Default,
      'scripts.train.Train': library.train.Train,
      'train_extensions.live_monitoring.LiveMonitoring': library.train_extensions.LivePlot,
      'training_algorithms.sgd.EpochCounter': library.termination_criteria.EpochCounter,
    };
    await logged(() => {
      for (const [name, member] of Object.entries(former)) {
        assert.equal(resolve(`pylearn2.${name}`), member);
      }
    });
  });

  it('says what comes nearest to what Pylearn2 has and this library has not', () => {
    assert.throws(() => load('!obj:pylearn2.models.rbm.GaussianBinaryRBM {}'), {
      name: 'YamlError',
      message: /`pylearn2\.models` has no `rbm`\. There are no Boltzmann machines here; `models\./,
    });
    assert.throws(
      () => load('!obj:pylearn2.datasets.svhn.SVHN {}'),
      /`pylearn2\.datasets` has no `svhn`\. This data set has no loader here: give its numbers/,
    );
    assert.throws(
      () => load('!obj:pylearn2.cross_validation.TrainCV {}'),
      /`pylearn2` has no `cross_validation`\. A dataset gives the parts/,
    );
  });

  it('gives nothing that is not meant to be built', () => {
    for (const name of ['pylearn2.models.model.Model', 'pylearn2.utils.serial.load']) {
      assert.throws(() => load(`!obj:${name} {}`), { name: 'YamlError' });
    }
  });
});
