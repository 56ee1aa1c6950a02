import assert from 'node:assert/strict';
import '../../src';
import { DenseDesignMatrix } from '../../src/datasets';
import { Binarizer } from '../../src/datasets/binarizer';
import { TransformerDataset } from '../../src/datasets/transformer_dataset';
import { BinomialCorruptor } from '../../src/corruption';
import { MeanSquaredReconstructionError } from '../../src/costs/autoencoder';
import { function as makeFunction, tf } from '../../src/engine';
import { Autoencoder, DenoisingAutoencoder } from '../../src/models/autoencoder';
import { IndexSpace, VectorSpace } from '../../src/space';
import { EpochCounter } from '../../src/termination_criteria';
import { Train } from '../../src/train';
import { Adam } from '../../src/training_algorithms/learning_rule';
import { SGD } from '../../src/training_algorithms/sgd';
import { cloneViaSerialize, save } from '../../src/utils/serial';
import { compiledCall, compilingAsync } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';
import { quietly } from '../support/log';
import { temporaryFolder } from '../support/temporary';
import { load, roundTrip } from '../support/yaml';

const X = [
  [0, 1, 0.5],
  [1, 0, 0.25],
  [1, 1, 1],
];

describe('datasets/transformer_dataset', () => {
  const path = temporaryFolder();
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

  it('takes batches by number inside compiled functions, the same ones', () => {
    const raw = new DenseDesignMatrix({ X, y: [0, 1, 2], yLabels: 3 });
    const transformer = new Autoencoder({ nvis: 3, nhid: 2, actEnc: 'tanh', actDec: null });
    const data = new TransformerDataset({ raw, transformer });
    const spaces = [new IndexSpace({ dim: 1, maxLabels: 3 }), new VectorSpace({ dim: 2 })];
    const dataSpecs = { spaces, sources: ['targets', 'features'] };
    const batches = () => data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs });
    const { take } = batches().indexed!;
    assert.equal(batches().indexed!.take, take, 'compiled again for each pass');
    const numbered = makeFunction((numbers: tf.Tensor1D) => ({ outputs: take(numbers) }));
    const [y, codes] = compiledCall(() => numbered(tf.tensor1d([0, 1], 'int32')));
    const [expectedY, expectedCodes] = batches().next().value!;
    expectClose(y, expectedY);
    expectClose(codes, expectedCodes, 0);
    // What the transformer learns later is seen.
    transformer.W.setValue(tf.zeros([3, 2]));
    expectClose(numbered(tf.tensor1d([1, 2], 'int32'))[1], [0, 0, 0, 0]);
  });

  it('trains the same compiled and eagerly', async () => {
    const train = async () => {
      const raw = new DenseDesignMatrix({ X: [...X, ...X, [1, 0, 0]] });
      const transformer = new Autoencoder({ nvis: 3, nhid: 4, actEnc: 'tanh', actDec: null });
      const data = new TransformerDataset({ raw, transformer });
      const model = new DenoisingAutoencoder({
        nvis: 4,
        nhid: 3,
        actEnc: 'sigmoid',
        actDec: null,
        irange: 0.5,
        corruptor: new BinomialCorruptor({ corruptionLevel: 0.3 }),
      });
      const algorithm = new SGD({
        learningRate: 0.1,
        batchSize: 3,
        cost: new MeanSquaredReconstructionError(),
        monitoringDataset: data,
        learningRule: new Adam(),
        terminationCriterion: new EpochCounter({ maxEpochs: 3 }),
      });
      await new Train({ dataset: data, model, algorithm }).mainLoop();
      return [...model.monitor!.channels.get('objective').valRecord, ...model.W.dataSync()];
    };
    const [compiled, eager] = [
      await quietly(() => compilingAsync(true, train)),
      await quietly(() => compilingAsync(false, train)),
    ];
    expectClose(compiled, eager, 1e-6);
    assert.ok(compiled[3] < compiled[0]);
  });

  it('is seen as its raw dataset where transformations keep the space, else not at all', () => {
    const raw = new DenseDesignMatrix({ topoView: tf.ones([2, 2, 2, 1]) });
    const binary = new Binarizer({ raw });
    assert.deepEqual(binary.getWeightsView(tf.ones([3, 4])).shape, [3, 2, 2, 1]);
    assert.deepEqual(binary.getTopologicalView(tf.ones([3, 4])).shape, [3, 2, 2, 1]);
    expectClose(binary.adjustForViewer(tf.tensor1d([2, -4])), [0.5, -1]);
    const transformer = new Autoencoder({ nvis: 4, nhid: 2, actEnc: null, actDec: null });
    const codes = new TransformerDataset({ raw, transformer });
    assert.throws(() => codes.getWeightsView(tf.ones([3, 2])), /Autoencoder makes .* no image/);
    expectClose(codes.adjustForViewer(tf.tensor1d([2, -4])), [2, -4]);
    assert.throws(() => codes.getTestSet(), /DenseDesignMatrix has no getTestSet/);
  });

  it('comes from YAML with a saved model as transformer, and names wrong options', () => {
    const transformer = new Autoencoder({ nvis: 2, nhid: 2, actEnc: 'tanh', actDec: null });
    save(path('codes.pkl'), transformer);
    const name = 'pylearn2.datasets.transformer_dataset.TransformerDataset';
    const yaml = `!obj:${name} {
      raw: !obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix { X: [[1, 2], [3, 4]] },
      transformer: !pkl: "${path('codes.pkl')}"
    }`;
    const { loaded, copy } = roundTrip<TransformerDataset>(yaml);
    const dataSpecs = { spaces: [new VectorSpace({ dim: 2 })], sources: ['features'] };
    const first = (data: TransformerDataset) =>
      data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs }).next().value![0] as tf.Tensor;
    expectClose(
      first(loaded),
      transformer.encode(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
      ),
      0,
    );
    expectClose(first(copy), first(loaded), 0);
    assert.throws(
      () => load(yaml.replace('transformer:', 'tranformer:')),
      /Did you mean `transformer`\?/,
    );
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
    // A dataset that comes back from its saved form goes on with the samples.
    const copy = cloneViaSerialize(data) as Binarizer;
    expectClose(copy.getDesignMatrix(), draw(), 0);
  });

  it('gives samples of all features at once, and images unsampled', () => {
    const raw = new DenseDesignMatrix({ topoView: tf.fill([50, 2, 2, 1], 0.5) });
    const data = new Binarizer({ raw, seed: 4 });
    const samples = leaves(1, () => data.getDesignMatrix());
    assert.deepEqual(samples.shape, [50, 4]);
    assert.deepEqual([...new Set(samples.dataSync())].sort(), [0, 1]);
    expectClose(data.getDesignMatrix(tf.fill([1, 2, 2, 1], 0.5)), [0.5, 0.5, 0.5, 0.5]);
    leaves(-1, () => data.dispose());
  });
});
