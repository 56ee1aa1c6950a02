/** @file Whether the contracts have examples of every class and function that YAML can name. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { load } from '../../src/config';
import { hasSchema, type Member, members } from '../../src/config/tree';
import * as library from '../../src/namespace';
import { describeOptions, tabled } from './contract';

const requireHere = createRequire(__filename);

/** What needs things that YAML cannot make, or gives none that could be compared. */
const others = [
  'costs.cost.LpPenalty',
  'models.mlp.betaFromFeatures',
  'models.mlp.betaFromTargets',
  'models.mlp.meanOfTargets',
  'pictures.activationHistograms',
  'pictures.confusionMatrix',
  'pictures.showPredictions',
  'pictures.showReconstructions',
  'pictures.weightHistograms',
  'datasets.cifar10.CIFAR10',
  'datasets.csv_dataset.CSVDataset',
  'datasets.npy_npz.NpyDataset',
  'datasets.npy_npz.NpzDataset',
  'datasets.dense_design_matrix.DefaultViewConverter',
  'datasets.dense_design_matrix.convertToOneHot',
  'datasets.dense_design_matrix.datasetRange',
  'datasets.dense_design_matrix.fromDataset',
  'datasets.dense_design_matrix.setAxes',
  'datasets.preprocessing.BlockPreprocessor',
  'datasets.preprocessing.PCAViewConverter',
  'datasets.preprocessing.ReassembleGridPatches',
  'datasets.synthetic_digits.syntheticDigits',
  'gui.patch_viewer.PatchViewer',
  'monitor.Monitor',
  'monitor.getChannel',
  'monitor.pushMonitor',
  'monitor.readChannel',
  'optimization.batch_gradient_descent.BatchGradientDescent',
  'termination_criteria.ChannelInf',
  'termination_criteria.MatchChannel',
  'train_extensions.SharedSetter',
  'training_algorithms.default.DefaultTrainingAlgorithm',
  'utils.rng.RandomState',
  'utils.rng.makeNpRng',
];

/** Classes that others extend; not to be built. */
const bases = ['costs.autoencoder.GSNFriendlyCost', 'models.mlp.ElementwiseLayer'];

// Fills `tabled`, also when this file is run alone.
for (const file of readdirSync(__dirname)) {
  if (file.endsWith('.test.ts') && file !== basename(__filename)) requireHere(`./${file}`);
}

/** All names of each class and function that YAML can name. */
function nameables(): Map<Member, string[]> {
  const names = new Map<Member, string[]>();
  for (const [name, member] of members('', library)) {
    if (hasSchema(member)) names.set(member, [...(names.get(member) ?? []), name.slice(1)]);
  }
  return names;
}

describe('contracts', () => {
  for (const name of others) describeOptions(name);

  for (const name of bases) {
    it(`${name} cannot be built`, () => {
      assert.throws(() => load(`!obj:pylearn2.${name} {}`), /abstract/);
    });
  }
});

describe('contracts of every class', () => {
  it('are tested: a class that YAML can name stands in one of the tables here', () => {
    const missing = [...nameables().values()].filter(
      (names) => ![...tabled, ...bases].some((name) => names.includes(name)),
    );
    const lines = missing.map(
      (names) => `add an example of ${names[0]} to a table of test/contracts`,
    );
    assert.equal(lines.join('\n'), '');
  });
});
