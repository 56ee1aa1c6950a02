import assert from 'node:assert/strict';
import { DenseDesignMatrix, type DenseDesignMatrixOptions } from '../../../src/datasets';
import type { Pipeline } from '../../../src/datasets/preprocessing';
import {
  BlockPreprocessor,
  GlobalContrastNormalization,
  MakeUnitNorm,
  PCA,
  type Preprocessor,
  RemapInterval,
  RemoveMean,
  ShuffleAndSplit,
  Standardize,
  ZCA,
} from '../../../src/datasets/preprocessing';
import { tf } from '../../../src/engine';
import { Autoencoder } from '../../../src/models/autoencoder';
import { Conv2DSpace, VectorSpace } from '../../../src/space';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { expectClose, leaves } from '../../support/expect';
import { quietly } from '../../support/log';
import { load } from '../../support/yaml';

const X = [
  [1, 2, 0],
  [3, 1, -1],
  [0, 5, 2],
  [2, 0, 4],
];

const data = (options: Partial<DenseDesignMatrixOptions> = {}) =>
  new DenseDesignMatrix({ X, ...options });

/** The features after a preprocessor that was fitted to them, in a dataset that leaves no more. */
function applied(preprocessor: Preprocessor, options: Partial<DenseDesignMatrixOptions> = {}) {
  const dataset = data(options);
  leaves(0, () => preprocessor.apply(dataset, true));
  return dataset.X;
}

// Expected values of this file are NumPy's, of the formulas in the classes' descriptions.
describe('datasets/preprocessing: features', () => {
  it('Standardize: subtracts means and divides by deviations, of features or of all', () => {
    expectClose(applied(new Standardize()), [
      ...[-0.447174, 0, -0.650911, 1.341521, -0.534494, -1.171639],
      ...[-1.341521, 1.603482, 0.390546, 0.447174, -1.068988, 1.432003],
    ]);
    expectClose(applied(new Standardize({ globalMean: true, globalStd: true })), [
      ...[-0.341952, 0.244252, -0.928156, 0.830456, -0.341952, -1.51436],
      ...[-0.928156, 2.002864, 0.244252, 0.244252, -0.928156, 1.41666],
    ]);
  });

  it('Standardize and RemoveMean: use the statistics of the set that they were fitted to', () => {
    const other = () => new DenseDesignMatrix({ X: [[1.5, 2, 1.25]] });
    for (const preprocessor of [new Standardize(), new RemoveMean()]) {
      applied(preprocessor);
      for (const one of [preprocessor, cloneViaSerialize(preprocessor)]) {
        const dataset = other();
        one.apply(dataset, false);
        expectClose(dataset.X, [0, 0, 0]);
      }
    }
    assert.throws(() => new Standardize().apply(other()), /Standardize: .*fit_preprocessor: 1/);
    assert.throws(() => new RemoveMean().apply(other(), false), /RemoveMean: .*no statistics/);
  });

  it('RemoveMean: of features, of examples, of all', () => {
    expectClose(applied(new RemoveMean()).mean(0), [0, 0, 0]);
    expectClose(applied(new RemoveMean({ axis: 1 })).slice([0, 0], [2, 3]), [0, 1, -1, 2, 0, -2]);
    expectClose(applied(new RemoveMean({ axis: null })).slice([0, 0], [1, 3]), [
      1 - 19 / 12,
      2 - 19 / 12,
      -19 / 12,
    ]);
  });

  it('GlobalContrastNormalization: by norms', () => {
    const expected = [
      ...[0, 0.707107, -0.707107, 0.707107, 0, -0.707107],
      ...[-0.65561, 0.749269, -0.093659, 0, -0.707107, 0.707107],
    ];
    expectClose(applied(new GlobalContrastNormalization()), expected);
    expectClose(applied(new GlobalContrastNormalization({ batchSize: 3 })), expected);
  });

  it('GlobalContrastNormalization: by deviations, with and without means', () => {
    const options = { scale: 55, sqrtBias: 10, useStd: true };
    expectClose(applied(new GlobalContrastNormalization(options)), [
      ...[0, 16.583124, -16.583124, 29.398737, 0, -29.398737],
      ...[-31.754265, 36.290588, -4.536324, 0, -29.398737, 29.398737],
    ]);
    expectClose(
      applied(new GlobalContrastNormalization({ subtractMean: false, useStd: true })),
      [1, 2, 0, 1.5, 0.5, -0.5, 0, 1.986799, 0.794719, 1, 0, 2],
    );
  });

  it('GlobalContrastNormalization: leaves examples alone that have no contrast', () => {
    expectClose(applied(new GlobalContrastNormalization(), { X: [[2, 2, 2]] }), [0, 0, 0]);
  });

  it('ZCA: makes features uncorrelated, and undoes it', () => {
    const zca = new ZCA();
    const white = applied(zca);
    expectClose(white, [
      ...[-1.0713619, -0.4472156, -0.8101734, 1.2275179, -0.1723165, -1.0214575],
      ...[-0.3904583, 1.5711983, 0.4299706, 0.2343023, -0.9516662, 1.4016602],
    ]);
    expectClose(
      leaves(1, () => zca.inverse(white)),
      X.flat(),
      1e-5,
    );
    expectClose(
      applied(new ZCA({ filterBias: 0 }))
        .transpose()
        .matMul(applied(new ZCA({ filterBias: 0 }))),
      tf.eye(3).mul(4),
      1e-4,
    );
  });

  it('ZCA: keeps the components of most variance when told so', () => {
    const kept = [
      ...[0.0396643, 0.1542448, -0.5701776, 0.545599, -0.5414772, -1.1687607],
      ...[-0.8032273, 1.3477435, 0.3408072, 0.217964, -0.960511, 1.3981311],
    ];
    expectClose(applied(new ZCA({ nComponents: 2 })), kept);
    expectClose(applied(new ZCA({ nDropComponents: 1 })), kept);
    assert.throws(() => new ZCA({ nComponents: 2, nDropComponents: 1 }), /received both/);
  });

  it('ZCA: is fitted once, also when saved and loaded, and can do without its inverse', () => {
    const zca = new ZCA({ storeInverse: false });
    const first = [...applied(zca).dataSync()];
    const copy = cloneViaSerialize(zca);
    assert.equal(copy.hasFit, true);
    const more = { X: [...X, [100, 0, 0]] };
    expectClose(applied(copy, more).slice([0, 0], [4, 3]), first, 0);
    assert.throws(() => copy.inverse(tf.zeros([1, 3])), /store_inverse: 0/);
    assert.throws(() => new ZCA().apply(data()), /ZCA: it has taken no statistics yet/);
  });

  it('PCA: turns features into components of falling variance', async () => {
    // The directions are known up to their signs.
    const magnitudes = (options: { whiten?: boolean }) =>
      quietly(() => applied(new PCA({ numComponents: 2, ...options })).abs());
    expectClose(await magnitudes({}), [
      ...[0.0979865, 1.1663309, 1.867638, 2.1581714],
      ...[3.4142923, 0.3066287, 1.6446408, 3.0178736],
    ]);
    expectClose(await magnitudes({ whiten: true }), [
      ...[0.0401594, 0.5178221, 0.7654445, 0.9581748],
      ...[1.399335, 0.1361356, 0.67405, 1.3398613],
    ]);
  });

  it('PCA: shows components as the images that they stand for', async () => {
    const topoView = tf.tensor4d(X.flat(), [4, 1, 3, 1]);
    const dataset = new DenseDesignMatrix({ topoView });
    const pca = new PCA({ numComponents: 2 });
    await quietly(() => pca.apply(dataset, true));
    const approximate = [
      ...[1.5747556, 2.3111472, 0.1241545, 2.64723, 0.8090259, -1.0762028],
      ...[-0.2135335, 4.8844024, 1.953874, 1.9915479, -0.0045756, 3.9981742],
    ];
    expectClose(
      leaves(1, () => dataset.getTopologicalView()),
      approximate,
    );
    const batch = (space: Conv2DSpace | VectorSpace) =>
      dataset
        .iterator({
          mode: 'sequential',
          batchSize: 4,
          dataSpecs: { spaces: [space], sources: ['features'] },
        })
        .next().value![0];
    expectClose(batch(new Conv2DSpace({ shape: [1, 3], numChannels: 1 })), approximate);
    expectClose(batch(new VectorSpace({ dim: 2 })), dataset.X, 0);
    const copy = cloneViaSerialize(dataset);
    expectClose(copy.getTopologicalView(), approximate);
  });

  it('PCA: keeps no more components than there are', async () => {
    const flat = {
      X: [
        [0, 0, 0],
        [1, 1, 0],
        [3, 3, 0],
      ],
    };
    const components = await quietly(() => applied(new PCA({ numComponents: 10 }), flat));
    assert.ok(components.shape[1] < 3);
    expectClose(
      components.slice([0, 0], [3, 1]).abs(),
      [4, 1, 5].map((x) => (x * Math.SQRT2) / 3),
    );
  });

  it('MakeUnitNorm and RemapInterval: scale', () => {
    expectClose(applied(new MakeUnitNorm(), { X: [[3, 4]] }), [0.6, 0.8]);
    const remap = new RemapInterval({ mapFrom: [0, 4], mapTo: [-1, 1] });
    expectClose(applied(remap, { X: [[0, 2, 5]] }), [-1, 0, 1.5]);
    assert.throws(() => new RemapInterval({ mapFrom: [1, 0], mapTo: [0, 1] }), /ascending/);
  });

  it('ShuffleAndSplit: keeps some examples, in the order that NumPy draws, with their targets', () => {
    const six = [0, 1, 2, 3, 4, 5];
    const dataset = new DenseDesignMatrix({ X: six.map((i) => [10 * i]), y: six, yLabels: 6 });
    new ShuffleAndSplit({ seed: 5, start: 1, stop: 4 }).apply(dataset);
    expectClose(dataset.X, [0, 30, 50]);
    expectClose(dataset.y!, [0, 3, 5]);
    assert.throws(
      () => new ShuffleAndSplit({ seed: 5, start: 1, stop: 4 }).apply(dataset),
      /`stop`: expected 2 to 3, received 4/,
    );
  });

  it('BlockPreprocessor: gives the codes of a block, and takes no statistics', () => {
    const block = new Autoencoder({ nvis: 3, nhid: 2, actEnc: 'tanh', actDec: null });
    const dataset = data();
    new BlockPreprocessor({ block }).apply(dataset);
    expectClose(dataset.X, block.encode(data().X));
    assert.throws(() => new BlockPreprocessor({ block }).apply(dataset, true), /no statistics/);
  });

  it('Pipeline: applies its items in order, from YAML, for one set and then another', () => {
    const dataset = load<DenseDesignMatrix>(
      `!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix { X: [[1., 2.], [3., 6.]],
        preprocessor: !obj:pylearn2.datasets.preprocessing.Pipeline { items: [
          !obj:pylearn2.datasets.preprocessing.RemapInterval { map_from: [0, 1], map_to: [0, 2] },
          !obj:pylearn2.datasets.preprocessing.Standardize { std_eps: 0. } ] },
        fit_preprocessor: 1 }`,
    );
    expectClose(dataset.X, [-1, -1, 1, 1]);
    const preprocessor = dataset.preprocessor as Pipeline;
    const test = new DenseDesignMatrix({ X: [[2, 8]], preprocessor });
    expectClose(test.X, [0, 2]);
    expectClose(
      new DenseDesignMatrix({ X: [[2, 8]], preprocessor: cloneViaSerialize(preprocessor) }).X,
      [0, 2],
    );
    assert.throws(
      () => load('!obj:pylearn2.datasets.preprocessing.ZCA { filter_bais: .1 }'),
      /no option `filter_bais`. Did you mean `filter_bias`\?/,
    );
  });
});
