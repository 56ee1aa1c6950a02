import assert from 'node:assert/strict';
import '../../src';
import { DenseDesignMatrix } from '../../src/datasets';
import { Binarizer } from '../../src/datasets/binarizer';
import { TransformerDataset } from '../../src/datasets/transformer_dataset';
import { type tf } from '../../src/engine';
import { Autoencoder } from '../../src/models/autoencoder';
import { IndexSpace, VectorSpace } from '../../src/space';
import { expectClose, leaves } from '../support/expect';

const X = [
  [0, 1, 0.5],
  [1, 0, 0.25],
  [1, 1, 1],
];

describe('datasets/transformer_dataset', () => {
  it('gives codes for features and leaves targets alone, in the order asked for', () => {
    const raw = new DenseDesignMatrix({ X, y: [0, 1, 2], yLabels: 3 });
    const transformer = new Autoencoder({ nvis: 3, nhid: 2, actEnc: 'tanh', actDec: null });
    const data = new TransformerDataset({ raw, transformer });
    const spaces = [new IndexSpace({ dim: 1, maxLabels: 3 }), new VectorSpace({ dim: 2 })];
    const dataSpecs = { spaces, sources: ['targets', 'features'] };
    const batches = leaves(4, () => [
      ...data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs }),
    ]);
    assert.deepEqual(
      batches.map(([y]) => [...y.dataSync()]),
      [[0, 1], [2]],
    );
    const codes = transformer.encode(raw.getDesignMatrix()).arraySync();
    expectClose(batches[0][1], codes.slice(0, 2).flat());
    assert.equal(data.getNumExamples(), 3);
    assert.ok(data.hasTargets());
  });

  it('refuses codes of another size than asked for', () => {
    const raw = new DenseDesignMatrix({ X });
    const transformer = new Autoencoder({ nvis: 3, nhid: 2, actEnc: null, actDec: null });
    const dataSpecs = { spaces: [new VectorSpace({ dim: 3 })], sources: ['features'] };
    const batches = new TransformerDataset({ raw, transformer }).iterator({
      mode: 'sequential',
      batchSize: 3,
      dataSpecs,
    });
    assert.throws(() => batches.next(), /2 numbers a point against 3/);
  });
});

describe('datasets/binarizer', () => {
  it('draws zeros and ones anew at each access', () => {
    const raw = new DenseDesignMatrix({ X: new Array(200).fill([0, 0.5, 1]) });
    const data = new Binarizer({ raw });
    const dataSpecs = { spaces: [new VectorSpace({ dim: 3 })], sources: ['features'] };
    const draw = () =>
      data.iterator({ mode: 'sequential', batchSize: 200, dataSpecs }).next()
        .value![0] as tf.Tensor;
    const [first, second] = [draw(), draw()];
    expectClose(first.mean(0), [0, 0.5, 1], 0.15);
    assert.deepEqual([...new Set(first.dataSync())].sort(), [0, 1]);
    assert.notDeepEqual(first.dataSync(), second.dataSync());
  });
});
