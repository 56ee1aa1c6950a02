/** @file The contract of datasets: the batches that they give, in an order that is drawn. */
import type { Dataset, DenseDesignMatrix } from '../../src/datasets';
import type { Preprocessor } from '../../src/datasets/preprocessing';
import { tf } from '../../src/engine';
import { DataSpecsMapping, type FlatDataSpecs, IndexSpace, VectorSpace } from '../../src/space';
import { useMnist } from '../support/mnist';
import { load } from '../support/yaml';
import { describeFamily, type Examples } from './contract';
import { DATASET } from './experiment';

const CODER =
  '!obj:pylearn2.models.autoencoder.Autoencoder { nvis: 4, nhid: 4, act_enc: tanh, act_dec: null }';
const VIEWS = '!obj:pylearn2.datasets.dense_design_matrix.DefaultViewConverter';

const matrices: Examples = {
  'datasets.DenseDesignMatrix': [
    '{ X: [[1, 2], [3, 4], [5, 6]], y: [2, 0, 1], y_labels: 3 }',
    '{ topo_view: [[[[1], [2]]], [[[3], [4]]]], y: [[0], [1]], rng: [1, 2] }',
    `{ X: [[1, 2, 3, 4]], y: [0], view_converter: ${VIEWS} { shape: [2, 2, 1] } }`,
  ],
  'testing.datasets.randomDenseDesignMatrix':
    '{ rng: [1], num_examples: 5, dim: 3, num_classes: 2 }',
  'testing.datasets.randomOneHotDenseDesignMatrix':
    '{ rng: [1], num_examples: 5, dim: 3, num_classes: 2 }',
  'testing.datasets.randomOneHotTopologicalDenseDesignMatrix':
    "{ rng: [1], num_examples: 5, shape: [2, 2], channels: 1, axes: ['c', 0, 1, 'b'], num_classes: 2 }",
  'testing.datasets.randomDenseDesignMatrixForRegression':
    '{ rng: [1], num_examples: 5, dim: 3, reg_min: 1, reg_max: 9 }',
  'datasets.mnist.MNIST': [
    "{ which_set: 'train', start: 5, stop: 12 }",
    "{ which_set: 'train', start: 0, stop: 5, binarize: 1, shuffle: 1 }",
    "{ which_set: 'train', start: 0, stop: 5, center: 1, axes: ['c', 0, 1, 'b'] }",
  ],
};

const transformed: Examples = {
  'datasets.transformer_dataset.TransformerDataset': `{ raw: ${DATASET}, transformer: ${CODER} }`,
  'datasets.binarizer.Binarizer': `{ raw: ${DATASET.replace(/-/g, '')}, seed: 3 }`,
};

/** Of images of 4 x 4. */
const preprocessors: Examples = {
  'datasets.preprocessing.MakeUnitNorm': '{}',
  'datasets.preprocessing.RemapInterval': '{ map_from: [0, 1], map_to: [-1, 1] }',
  'datasets.preprocessing.Downsample': '{ sampling_factor: [2, 2] }',
  'datasets.preprocessing.CentralWindow': '{ window_shape: [2, 2] }',
  'datasets.preprocessing.ShuffleAndSplit': '{ seed: 3, start: 1, stop: 5 }',
  'datasets.preprocessing.ExtractPatches': '{ patch_shape: [2, 2], num_patches: 7 }',
  'datasets.preprocessing.ExtractGridPatches': '{ patch_shape: [2, 2], patch_stride: [2, 2] }',
  'datasets.preprocessing.GlobalContrastNormalization': '{ sqrt_bias: 1., use_std: 1 }',
  'datasets.preprocessing.Standardize': '{ global_std: 1 }',
  'datasets.preprocessing.RemoveMean': '{ axis: 1 }',
  'datasets.preprocessing.PCA': '{ num_components: 3, whiten: 1 }',
  'datasets.preprocessing.ZCA': '{ filter_bias: .2 }',
  'datasets.preprocessing.Pipeline': `{ items: [ !obj:pylearn2.datasets.preprocessing.Standardize {},
    !obj:pylearn2.datasets.preprocessing.CentralWindow { window_shape: [2, 2] } ] }`,
};

/** Six images of 4 x 4 numbers from 0 to 1. */
function pictures(): DenseDesignMatrix {
  const X = Array.from({ length: 6 }, (_, i) =>
    Array.from({ length: 16 }, (_, j) => (((i + 2) * (j + 3)) % 17) / 17),
  );
  return load(`!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
    X: ${JSON.stringify(X)}, view_converter: ${VIEWS} { shape: [4, 4, 1] } }`);
}

function numbers(dataset: Dataset, dataSpecs: FlatDataSpecs): number[] {
  const batches = dataset.iterator({ mode: 'shuffled_sequential', batchSize: 3, dataSpecs });
  return [...batches].flatMap((batch) => {
    const values = batch.flatMap((tensor) => [...tensor.dataSync()]);
    tf.dispose(batch);
    return values;
  });
}

describe('contracts', () => {
  useMnist();

  describeFamily<DenseDesignMatrix>({
    title: 'datasets',
    examples: matrices,
    numbers: (dataset) => numbers(dataset, new DataSpecsMapping(dataset.getDataSpecs()).flat),
  });
});

describeFamily<Dataset & { getConfig(): object }>({
  title: 'transformed datasets',
  examples: transformed,
  numbers: (dataset) =>
    numbers(dataset, {
      spaces: [new VectorSpace({ dim: 4 }), new IndexSpace({ dim: 1, maxLabels: 3 })],
      sources: ['features', 'targets'],
    }),
  release: (dataset) => {
    dataset.dispose();
    for (const part of Object.values(dataset.getConfig())) {
      (part as { dispose?: () => void } | null)?.dispose?.();
    }
  },
});

describeFamily<Preprocessor>({
  title: 'preprocessors',
  examples: preprocessors,
  numbers: (preprocessor) => {
    const dataset = pictures();
    preprocessor.apply(dataset, true);
    const values = [...dataset.X.dataSync()];
    dataset.dispose();
    return values;
  },
});
