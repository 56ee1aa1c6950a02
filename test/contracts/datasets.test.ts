/** @file The contract of datasets: the batches that they give, in an order that is drawn. */
import type { Dataset, DenseDesignMatrix } from '../../src/datasets';
import { tf } from '../../src/engine';
import { DataSpecsMapping, type FlatDataSpecs, IndexSpace, VectorSpace } from '../../src/space';
import { useMnist } from '../support/mnist';
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
