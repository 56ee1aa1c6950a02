import assert from 'node:assert/strict';
import {
  convertToOneHot,
  datasetRange,
  DefaultViewConverter,
  DenseDesignMatrix,
  fromDataset,
  setAxes,
} from '../../src/datasets/dense_design_matrix';
import { Preprocessor } from '../../src/datasets/preprocessing';
import { tf } from '../../src/engine';
import { Conv2DSpace, IndexSpace, type Space, VectorSpace } from '../../src/space';
import { NameError, ShapeError, StateError } from '../../src/utils/errors';
import { NdArray } from '../../src/utils/nd_array';
import { load } from '../../src';
import { OptionError } from '../../src/utils/options';
import { RandomState } from '../../src/utils/rng';
import { cloneViaSerialize } from '../../src/utils/serial';
import { expectClose, leaves } from '../support/expect';

/** Five examples of two features; feature 0 counts the examples. */
const rows = [0, 1, 2, 3, 4].map((i) => [i, 10 * i]);

function five(): DenseDesignMatrix {
  return new DenseDesignMatrix({ X: rows, y: [0, 1, 2, 1, 0], yLabels: 3 });
}

function specs(...pairs: [Space, string][]) {
  return { spaces: pairs.map(([space]) => space), sources: pairs.map(([, source]) => source) };
}

const both = specs(
  [new VectorSpace({ dim: 2 }), 'features'],
  [new VectorSpace({ dim: 3 }), 'targets'],
);

describe('datasets/dense_design_matrix: DenseDesignMatrix iterates', () => {
  it('says which source cannot be had in the space asked for', () => {
    const first = (source: string, dim: number) => {
      const dataSpecs = specs([new VectorSpace({ dim }), source]);
      return five().iterator({ mode: 'sequential', batchSize: 3, dataSpecs }).next();
    };
    assert.throws(
      () => first('targets', 4),
      /DenseDesignMatrix `targets`: IndexSpace.* as VectorSpace\(dim=4\): the codes of labels have 3 n/,
    );
    assert.throws(() => first('features', 4), /DenseDesignMatrix `features`: .* 2 numbers a point/);
  });

  it('gives batches in the asked spaces and order: labels become one-hot rows', () => {
    const data = five();
    const batches = [...data.iterator({ mode: 'sequential', batchSize: 3, dataSpecs: both })];
    assert.deepEqual(
      batches.map((batch) => batch.map((part) => part.arraySync())),
      [
        [
          [
            [0, 0],
            [1, 10],
            [2, 20],
          ],
          [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        ],
        [
          [
            [3, 30],
            [4, 40],
          ],
          [
            [0, 1, 0],
            [1, 0, 0],
          ],
        ],
      ],
    );
    const labels = specs([new IndexSpace({ dim: 1, maxLabels: 3 }), 'targets']);
    const [[y]] = data.iterator({ mode: 'sequential', batchSize: 5, dataSpecs: labels });
    assert.deepEqual([y.dtype, y.arraySync()], ['int32', [[0], [1], [2], [1], [0]]]);
  });

  it('gives features as they are held when nothing is asked for', () => {
    const [[x]] = five().iterator({ mode: 'even_sequential', batchSize: 2 });
    assert.deepEqual(x.arraySync(), [
      [0, 0],
      [1, 10],
    ]);
  });

  it('keeps features and targets together when it shuffles, with its own generator going on', () => {
    const data = new DenseDesignMatrix({ X: rows, y: [0, 1, 2, 3, 4], yLabels: 5, rng: 3 });
    const asked = specs(
      [new VectorSpace({ dim: 2 }), 'features'],
      [new IndexSpace({ dim: 1, maxLabels: 5 }), 'targets'],
    );
    const rng = new RandomState(3);
    for (let epoch = 0; epoch < 2; epoch++) {
      const iterator = data.iterator({
        mode: 'shuffled_sequential',
        batchSize: 5,
        dataSpecs: asked,
      });
      const [[x, y]] = iterator;
      const order = [...rng.permutation(5)];
      assert.deepEqual([...y.dataSync()], order);
      assert.deepEqual([...x.slice([0, 0], [-1, 1]).dataSync()], order);
    }
  });

  it('draws from the generator of who asks, if there is one', () => {
    const data = five();
    const rng = new RandomState([2012, 10, 5]);
    const options = { mode: 'random_uniform', batchSize: 4, numBatches: 1, rng } as const;
    const [[x]] = data.iterator(options);
    const expected = [...new RandomState([2012, 10, 5]).randint(0, 5, 4)];
    assert.deepEqual([...x.slice([0, 0], [-1, 1]).dataSync()], expected);
    assert.deepEqual(data.rng.getState(), new RandomState([17, 2, 946]).getState());
  });

  it('says how many examples and batches there will be', () => {
    const iterator = five().iterator({ mode: 'shuffled_sequential', batchSize: 2 });
    const { numExamples, numBatches, batchSize, uneven, stochastic } = iterator;
    assert.deepEqual(
      [numExamples, numBatches, batchSize, uneven, stochastic],
      [5, 3, 2, true, true],
    );
  });

  it('leaves to the caller the batches and nothing else', () => {
    const data = five();
    const iterator = data.iterator({ mode: 'shuffled_sequential', batchSize: 3, dataSpecs: both });
    const batch = leaves(2, () => iterator.next().value!);
    leaves(-2, () => tf.dispose(batch));
    const [x] = leaves(1, () => data.iterator({ mode: 'sequential', batchSize: 5 }).next().value!);
    x.dispose();
    assert.equal(data.X.arraySync().length, 5);
  });

  it('survives being made, and iterated, in a tidy', () => {
    let data!: DenseDesignMatrix;
    tf.tidy(() => {
      data = five();
      for (const batch of data.iterator({ mode: 'sequential', batchSize: 2 })) tf.dispose(batch);
    });
    assert.deepEqual(data.X.arraySync(), rows);
    leaves(-2, () => data.dispose());
    assert.throws(() => data.X, StateError);
  });

  it('refuses a mode, a source or a space that it has not', () => {
    const data = five();
    const ask = (space: Space, source: string) => () =>
      data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: specs([space, source]) });
    assert.throws(() => data.iterator({ mode: 'seqential' as never }), OptionError);
    assert.throws(
      () => data.iterator({} as never),
      /option `mode`: expected an iteration mode such as .* received undefined/,
    );
    assert.throws(ask(new VectorSpace({ dim: 2 }), 'feature'), (error) => {
      return (
        error instanceof NameError &&
        /no source `feature`\. Did you.*`features`/.test(error.message)
      );
    });
    const wide = ask(new VectorSpace({ dim: 7 }), 'features')();
    assert.throws(() => wide.next(), ShapeError);
    const bare = new DenseDesignMatrix({ X: rows });
    assert.throws(
      () => bare.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: both }),
      /made without `y`/,
    );
  });

  it('tells those who forgot the number of classes', () => {
    const data = new DenseDesignMatrix({ X: rows, y: [0, 1, 2, 1, 0] });
    assert.throws(
      () => data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: both }),
      /VectorSpace\(dim=1\).*VectorSpace\(dim=3\).*give `yLabels: 3`/,
    );
    const one = specs([new VectorSpace({ dim: 1 }), 'targets']);
    const [[y]] = data.iterator({ mode: 'sequential', batchSize: 5, dataSpecs: one });
    assert.deepEqual([y.dtype, y.shape], ['float32', [5, 1]]);
  });
});

describe('datasets/dense_design_matrix: DenseDesignMatrix is made', () => {
  const made = (options: object) => new DenseDesignMatrix(options);

  it('from lists, arrays and tensors alike, of which it keeps a copy', () => {
    const tensor = tf.tensor2d(rows as number[][]);
    const array = new NdArray(Float64Array.from(rows.flat()), [5, 2]);
    const typed = rows.map((row) => Uint8Array.from(row));
    for (const X of [rows, tensor, array, typed]) {
      const data = made({ X });
      assert.deepEqual(data.X.arraySync(), rows);
      data.dispose();
    }
    assert.ok(!tensor.isDisposed);
  });

  it('with targets of every kind', () => {
    const y = (value: unknown, yLabels?: number) => made({ X: rows, y: value, yLabels }).y!;
    assert.deepEqual([y([0, 1, 2, 1, 0]).dtype, y([0, 1, 2, 1, 0]).shape], ['int32', [5]]);
    assert.equal(y([0, 0.5, 2, 1, 0]).dtype, 'float32');
    assert.equal(y(rows).dtype, 'float32');
    const bytes = new NdArray(Uint8Array.from([0, 1, 2, 1, 0]), [5, 1]);
    assert.deepEqual([y(bytes, 3).dtype, y(bytes, 3).shape], ['int32', [5, 1]]);
  });

  it('with labels as features', () => {
    const data = made({
      X: [
        [0, 1],
        [2, 3],
      ],
      XLabels: 4,
    });
    const { space } = data.getDataSpecs();
    assert.ok(space.equals(new IndexSpace({ dim: 2, maxLabels: 4 })));
    const codes = specs([new VectorSpace({ dim: 8 }), 'features']);
    const [[x]] = data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: codes });
    assert.deepEqual(x.arraySync(), [
      [1, 0, 0, 0, 0, 1, 0, 0],
      [0, 0, 1, 0, 0, 0, 0, 1],
    ]);
    assert.deepEqual(made({ X: [0, 1], XLabels: 2 }).X.shape, [2, 1]);
  });

  const wrong: [string, object, RegExp][] = [
    ['nothing', {}, /option `X`: either this or `topoView` is needed/],
    ['two kinds of features', { X: rows, topoView: [[[[1]]]] }, /either this or `topoView`/],
    ['targets too few', { X: rows, y: [0, 1] }, /`y`: expected 5 targets, received 2/],
    [
      'NaN',
      {
        X: [
          [0, 1],
          [2, NaN],
        ],
      },
      /`X\[1\]\[1\]`: expected finite numbers, received NaN/,
    ],
    [
      'infinity',
      {
        X: [
          [0, 1],
          [-Infinity, 1],
        ],
      },
      /`X\[1\]\[0\]`: .* received -Infinity/,
    ],
    ['NaN in a tensor', { X: tf.tensor2d([[0, NaN]]) }, /`X\[0\]\[1\]`: .* received NaN/],
    ['ragged rows', { X: [[0, 1], [2]] }, /`X\[1\]`: expected 2 numbers, received 1/],
    ['a row that is none', { X: [[0, 1], 2] }, /`X\[1\]`: expected 2 numbers, received 2/],
    ['words', { X: [[0, 'a']] }, /`X\[0\]\[1\]`: expected a number, received "a"/],
    ['one axis', { X: [1, 2] }, /`X`: expected 2 axes, none empty, received \[2\]/],
    ['no examples', { X: [] }, /`X`: expected 2 axes, none empty, received \[0\]/],
    [
      'a label too large',
      { X: rows, y: [0, 1, 2, 3, 0], yLabels: 3 },
      /`y\[3\]`: expected a label from 0 to 2, received 3/,
    ],
    [
      'half a label',
      { X: rows, y: [[0], [1], [0.5], [0], [0]], yLabels: 3 },
      /`y\[2\]\[0\]`: .* received 0\.5/,
    ],
    ['labels without targets', { X: rows, yLabels: 3 }, /`yLabels`: there is no `y`/],
    [
      'features that are no labels',
      { X: rows, XLabels: 3 },
      /`X\[1\]\[1\]`: expected a label from 0 to 2, received 10/,
    ],
    ['an unknown option', { X: rows, Y: [1] }, /no option `Y`\. Did you mean `y`/],
    [
      'a converter for other images',
      { X: rows, viewConverter: new DefaultViewConverter({ shape: [2, 2, 1] }) },
      /images of 2 x 2 x 1 take 4 features, there are 2/,
    ],
    ['images of three axes', { topoView: [[[1]]] }, /`topoView`: expected 4 axes/],
  ];
  for (const [what, options, message] of wrong) {
    it(`not from ${what}`, () => {
      leaves(0, () => {
        assert.throws(
          () => made(options),
          (error) => error instanceof OptionError && message.test(error.message),
        );
      });
    });
  }

  it('applies its preprocessor, which may take statistics if told so', () => {
    const calls: boolean[] = [];
    class Double extends Preprocessor {
      override apply(dataset: DenseDesignMatrix, canFit = false): void {
        calls.push(canFit);
        const twice = tf.tidy(() => dataset.X.mul(2));
        dataset.setDesignMatrix(twice);
        twice.dispose();
      }
    }
    const preprocessor = new Double();
    const data = leaves(1, () => made({ X: rows, preprocessor, fitPreprocessor: true }));
    assert.deepEqual(data.X.arraySync()[4], [8, 80]);
    data.applyPreprocessor(preprocessor);
    assert.deepEqual(data.X.arraySync()[4], [16, 160]);
    assert.deepEqual(calls, [true, false]);
  });

  it('again from its configuration', () => {
    const data = five();
    data.restrict(1, 4);
    const again = new DenseDesignMatrix(data.getConfig());
    assert.deepEqual(again.X.arraySync(), rows.slice(1, 4));
    assert.deepEqual([...again.y!.dataSync()], [1, 2, 1]);
    assert.equal(again.yLabels, 3);
  });
});

/** Two images of 2 x 3 with 2 channels; the number tells example, row, column, channel. */
const images = [0, 1].map((b) =>
  [0, 1].map((r) => [0, 1, 2].map((c) => [0, 1].map((k) => 1000 * b + 100 * r + 10 * c + k))),
);

describe('datasets/dense_design_matrix: images', () => {
  it('are stored channel by channel, row by row', () => {
    const data = leaves(1, () => new DenseDesignMatrix({ topoView: images }));
    const first = [0, 10, 20, 100, 110, 120, 1, 11, 21, 101, 111, 121];
    assert.deepEqual(data.X.arraySync()[0], first);
    assert.deepEqual(data.viewShape(), [2, 3, 2]);
    assert.deepEqual(data.getTopologicalView().arraySync(), images);
    assert.deepEqual(leaves(1, () => data.getWeightsView(data.X)).shape, [2, 2, 3, 2]);
  });

  it('come in the order of axes that is asked for', () => {
    const view = tf.tensor4d(images).transpose([3, 1, 2, 0]);
    const data = new DenseDesignMatrix({ topoView: view, axes: ['c', 0, 1, 'b'] });
    assert.equal(data.getTopoBatchAxis(), 3);
    assert.deepEqual(data.getTopologicalView().arraySync(), view.arraySync());
    assert.deepEqual(data.getDesignMatrix(view as tf.Tensor4D).arraySync(), data.X.arraySync());
    setAxes({ dataset: data, axes: ['b', 'c', 0, 1] });
    assert.deepEqual(data.getTopologicalView().shape, [2, 2, 2, 3]);
    assert.deepEqual(data.getWeightsView(data.X).arraySync(), images);
  });

  it('reach spaces that take images, through the converter', () => {
    const data = new DenseDesignMatrix({ topoView: images });
    const space = new Conv2DSpace({ shape: [2, 3], channels: 2 });
    const asked = specs([space, 'features']);
    const iterator = data.iterator({ mode: 'sequential', batchSize: 1, dataSpecs: asked });
    const [x] = leaves(1, () => iterator.next().value!);
    assert.deepEqual([...x.dataSync()], images[0].flat(2));
    const plain = specs([new VectorSpace({ dim: 12 }), 'features']);
    const [[vector]] = data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: plain });
    assert.deepEqual(vector.arraySync(), data.X.arraySync());
  });

  it('are not seen where nobody said how', () => {
    assert.throws(
      () => five().getTopologicalView(),
      /getTopologicalView: .* made without `topoView`/,
    );
    const converter = new DefaultViewConverter({ shape: [2, 3, 2] });
    assert.throws(() => converter.designMatToTopoView(tf.zeros([1, 11])), /of shape \[\*, 12\]/);
    assert.throws(() => converter.topoViewToDesignMat(tf.zeros([1, 3, 2, 2])), ShapeError);
    assert.throws(() => new DefaultViewConverter({ shape: [2, 3] }), /rows, columns and channels/);
    const twice = ['b', 0, 0, 'c'] as never;
    assert.throws(() => converter.setAxes(twice), /expected the axes 'b', 0, 1, 'c' in some order/);
  });

  it('are scaled to [-1, 1] for viewers', () => {
    const data = five();
    expectClose(data.adjustForViewer(tf.tensor1d([-4, 2, 0])), [-1, 0.5, 0]);
    expectClose(data.adjustForViewer(tf.tensor1d([0, 0])), [0, 0]);
    const others = tf.tensor1d([1, -2]);
    expectClose(data.adjustToBeViewedWith(tf.tensor1d([-4, 1]), others), [-1, 0.5]);
  });
});

describe('datasets/dense_design_matrix: parts', () => {
  it('restrict keeps a range, and all when told nothing', () => {
    const data = five();
    data.restrict(null, null);
    leaves(0, () => data.restrict(1, 3));
    assert.deepEqual(data.X.arraySync(), rows.slice(1, 3));
    assert.deepEqual([...data.y!.dataSync()], [1, 2]);
    assert.throws(() => data.restrict(0, 3), /expected 0 <= start < stop <= 2, received 0, 3/);
    assert.throws(() => data.restrict(1, null), OptionError);
  });

  it('convertToOneHot is as wide as the largest label asks', () => {
    const data = new DenseDesignMatrix({ X: rows.slice(0, 3), y: [3, 1, 1] });
    assert.equal(convertToOneHot({ dataset: data, minClass: 1 }), data);
    assert.deepEqual(data.y!.arraySync(), [
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 0],
    ]);
    assert.ok(data.getTargetSpace()!.equals(new VectorSpace({ dim: 3 })));
    assert.throws(() => data.convertToOneHot(), StateError);
    const low = new DenseDesignMatrix({ X: rows.slice(0, 2), y: [0, 1] });
    assert.throws(() => low.convertToOneHot(1), /labels below 1/);
  });

  it('splitDatasetHoldout puts the larger part first', () => {
    const data = five();
    const ids = (parts: tf.Tensor2D[]) => parts.map((part) => part.arraySync().map(([id]) => id));
    assert.deepEqual(ids(leaves(2, () => data.splitDatasetHoldout({ trainSize: 3 }))), [
      [0, 1, 2],
      [3, 4],
    ]);
    assert.deepEqual(ids(data.splitDatasetHoldout({ trainProp: 0.4 })), [
      [3, 4],
      [0, 1, 2],
    ]);
    // Half of five is 2.5; NumPy rounds that to 2.
    assert.deepEqual(ids(data.splitDatasetHoldout({ trainProp: 0.5 })), [
      [3, 4],
      [0, 1, 2],
    ]);
    assert.throws(() => data.splitDatasetHoldout({}), /`trainSize`: this or `trainProp`/);
    assert.throws(
      () => data.splitDatasetHoldout({ trainSize: 5 }),
      /5 of 5 examples leave nothing/,
    );
  });

  it('splitDatasetNfolds deals the examples out in sequence', () => {
    const data = five();
    const parts = leaves(3, () => data.splitDatasetNfolds(3));
    assert.deepEqual(
      parts.map((part) => part.shape[0]),
      [2, 2, 1],
    );
  });

  it('bootstraps are random slices', () => {
    const data = five();
    const starts = new RandomState(1);
    const [train, valid] = data.bootstrapHoldout({ trainSize: 3, rng: 1 });
    const ids = (part: tf.Tensor2D) => part.arraySync().map(([id]) => id);
    const [a, b] = [starts.randint(0, 3), starts.randint(0, 3)];
    assert.deepEqual(
      [ids(train), ids(valid)],
      [
        [a, a + 1, a + 2],
        [b, b + 1],
      ],
    );
    const parts = data.bootstrapNfolds(2, 7);
    assert.deepEqual(
      parts.map((part) => part.shape),
      [
        [3, 2],
        [3, 2],
      ],
    );
  });

  it('fromDataset draws where, datasetRange is told; both keep classes, looks and notice', () => {
    const data = five();
    data.notice = 'made up';
    data.adjustForViewer = (x) => x.mul(7);
    const start = new RandomState([17, 2, 946]).randint(3);
    const drawn = leaves(2, () => fromDataset({ dataset: data, numExamples: 3 }));
    assert.deepEqual(drawn.X.arraySync(), rows.slice(start, start + 3));
    const range = datasetRange({ dataset: data, start: 1, stop: 3 });
    assert.deepEqual([range.X.arraySync(), [...range.y!.dataSync()]], [rows.slice(1, 3), [1, 2]]);
    assert.deepEqual([range.yLabels, range.notice], [3, 'made up']);
    expectClose(range.adjustForViewer(tf.scalar(1)), 7);
    assert.throws(() => datasetRange({ dataset: data, start: 1, stop: 9 }), /expected 2 to 5/);
    assert.throws(
      () => fromDataset({ dataset: data, numExamples: 6 }),
      /1 to 5 examples, received 6/,
    );
  });

  it('streams of random orders can be kept, resumed and restarted', () => {
    const data = five();
    const draw = () => data.getBatchDesign(1)[0].arraySync()[0][0];
    const position = data.getStreamPosition();
    const drawn = [draw(), draw(), draw()];
    data.setStreamPosition(position);
    assert.deepEqual([draw(), draw(), draw()], drawn);
    data.restartStream();
    assert.deepEqual([draw(), draw(), draw()], drawn);
  });

  it('hands out copies that the caller may dispose of', () => {
    const data = five();
    tf.dispose([data.getDesignMatrix(), data.getTargets()!, ...data.getData()]);
    assert.deepEqual(data.X.arraySync(), rows);
    assert.equal(data.y!.isDisposed, false);
  });

  it('describes itself', () => {
    const data = five();
    data.notice = 'Not real.';
    assert.equal(data.toString(), 'DenseDesignMatrix(5 examples of 2 features, 3 classes)');
    assert.equal(
      data.describe(),
      'DenseDesignMatrix(5 examples of 2 features, 3 classes)\nNot real.\n' +
        'features  [5, 2] float32, from 0 to 40, mean 11\n' +
        'targets   [5] int32, 3 classes with 2 2 1 labels',
    );
  });
});

describe('datasets/dense_design_matrix: YAML and files', () => {
  const path = 'pylearn2.datasets.dense_design_matrix';

  it('are made from YAML, whose errors point at the option', () => {
    const data = load<DenseDesignMatrix>(
      `!obj:${path}.DenseDesignMatrix { X: [[0, 1], [2, 3]], y: [1, 0], y_labels: 2,\n` +
        `  view_converter: !obj:${path}.DefaultViewConverter { shape: [1, 2, 1] } }`,
    );
    assert.deepEqual([data.yLabels, data.viewShape()], [2, [1, 2, 1]]);
    assert.throws(
      () => load(`!obj:${path}.DenseDesignMatrix { X: [[0, 1]],\n  y: [2], y_labels: 2 }`),
      /line 2, column 7: .*option `y\[0\]`: expected a label from 0 to 1, received 2/,
    );
    const made = load<DenseDesignMatrix>(
      `!obj:${path}.dataset_range { dataset: !obj:${path}.convert_to_one_hot {\n` +
        `  dataset: !obj:${path}.DenseDesignMatrix { X: [[1], [2], [3]], y: [3, 4, 5] },\n` +
        `  min_class: 3 }, start: 1, stop: 3 }`,
    );
    assert.deepEqual(made.y!.arraySync(), [
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('are saved with their data and their generator', () => {
    const data = five();
    data.rng.rand();
    const again = cloneViaSerialize(data);
    assert.deepEqual([again.X.arraySync(), again.y!.arraySync()], [rows, [0, 1, 2, 1, 0]]);
    assert.equal(again.rng.rand(), data.rng.rand());
  });
});
