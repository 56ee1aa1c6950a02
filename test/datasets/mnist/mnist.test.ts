import assert from 'node:assert/strict';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  control,
  type DenseDesignMatrix,
  MNIST,
  type MNISTOptions,
  preprocessing,
} from '../../../src/datasets';
import { encodeIdx } from '../../../src/datasets/idx';
import { syntheticDigits } from '../../../src/datasets/synthetic_digits';
import { tf } from '../../../src/engine';
import { IndexSpace, VectorSpace } from '../../../src/space';
import { DataError } from '../../../src/utils/errors';
import { type LogSink, setLogSink } from '../../../src/utils/log';
import { OptionError } from '../../../src/utils/options';
import { RandomState } from '../../../src/utils/rng';
import { expectClose, leaves } from '../../support/expect';
import {
  closedAddress,
  realMnist,
  setEnvironment,
  temporaryFolder,
  useMnist,
} from '../../support/mnist';

function classCounts({ y }: DenseDesignMatrix): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of y!.dataSync()) counts[label]++;
  return counts;
}

/** Collects what is logged while `body` runs. */
function logged(body: () => void): string[] {
  const lines: string[] = [];
  const sink: LogSink = (level, _, text) => lines.push(`${level}: ${text}`);
  const former = setLogSink(sink);
  try {
    body();
  } finally {
    setLogSink(former);
  }
  return lines;
}

describe('datasets/mnist: MNIST as this machine has it', () => {
  useMnist();

  it('is MNIST, or says loudly that it is not', () => {
    const train = leaves(2, () => new MNIST({ whichSet: 'train' }));
    assert.deepEqual(
      [train.X.shape, train.y!.shape, train.y!.dtype],
      [[60000, 784], [60000, 1], 'int32'],
    );
    assert.equal(train.synthetic, realMnist === undefined);
    if (train.synthetic) {
      assert.match(train.toString(), /NOT MNIST but digits drawn by tslearn2/);
      assert.match(train.notice!, /^NOT MNIST/);
      assert.match(train.describe(), /TSLEARN2_OFFLINE=1.*put the four files/);
    } else {
      assert.equal(train.toString(), 'MNIST(train: 60000 images of 28 x 28)');
      assert.equal(train.notice, undefined);
      // Known of MNIST: its classes, and the mean of its pixels.
      const counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
      assert.deepEqual(classCounts(train), counts);
      expectClose(tf.mean(train.X), 0.1306604, 1e-6);
    }
    leaves(-2, () => train.dispose());
  });

  it('loads a part quickly', () => {
    const started = performance.now();
    const valid = new MNIST({ whichSet: 'train', start: 50000, stop: 60000 });
    assert.ok(performance.now() - started < 3000);
    assert.deepEqual(valid.X.shape, [10000, 784]);
    valid.dispose();
  });
});

describe('datasets/mnist: MNIST from files', () => {
  const digits = syntheticDigits({ n: 10000, seed: 5 });
  const images = encodeIdx({ data: digits.X, shape: [10000, 28, 28] });
  const labels = encodeIdx({ data: digits.y, shape: [10000] });
  let place: ReturnType<typeof temporaryFolder>;
  let restore: () => void;

  const path = (name: string) => join(place.folder, 'mnist', name);

  before(() => {
    place = temporaryFolder();
    mkdirSync(join(place.folder, 'mnist'));
    writeFileSync(path('t10k-images-idx3-ubyte'), images);
    writeFileSync(path('t10k-labels-idx1-ubyte.gz'), gzipSync(labels));
    restore = setEnvironment({
      PYLEARN2_DATA_PATH: place.folder,
      XDG_CACHE_HOME: join(place.folder, 'cache'),
      TSLEARN2_OFFLINE: '1',
    });
  });

  after(() => {
    restore();
    place.remove();
  });

  /** Bytes of an example as they were drawn, divided by 255. */
  const row = (i: number) => [...digits.X.subarray(784 * i, 784 * (i + 1))].map((b) => b / 255);
  const read = (data: MNIST, i: number) => data.X.slice([i, 0], [1, 784]);
  const test = (options: Partial<MNISTOptions> = {}) => new MNIST({ whichSet: 'test', ...options });

  it('reads plain and compressed files: features from 0 to 1, labels as one column', () => {
    const data = leaves(2, () => test());
    expectClose(read(data, 17), row(17), 1e-7);
    assert.deepEqual([...data.y!.dataSync()], [...digits.y]);
    assert.ok(data.getTargetSpace()!.equals(new IndexSpace({ dim: 1, maxLabels: 10 })));
    assert.deepEqual([data.synthetic, data.source], [false, '$PYLEARN2_DATA_PATH/mnist']);
    data.dispose();
  });

  it('gives one-hot targets to models that want them', () => {
    const dataSpecs = { spaces: [new VectorSpace({ dim: 10 })], sources: ['targets'] };
    const [[y]] = test().iterator({ mode: 'sequential', batchSize: 3, dataSpecs });
    const expected = [0, 1, 2].map((i) => [...tf.oneHot(digits.y[i], 10).dataSync()]);
    assert.deepEqual(y.arraySync(), expected);
  });

  it('start and stop choose examples; stop alone chooses none, with a warning', () => {
    const some = test({ start: 100, stop: 103 });
    assert.deepEqual([...some.y!.dataSync()], [...digits.y.subarray(100, 103)]);
    expectClose(read(some, 2), row(102), 1e-7);
    assert.equal(some.toString(), 'MNIST(test, examples 100 to 102: 3 images of 28 x 28)');
    const lines = logged(() => assert.equal(test({ stop: 1000 }).getNumExamples(), 10000));
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^warning: MNIST test: `stop` has no effect without `start`/);
  });

  it('binarize compares with one half', () => {
    const data = test({ binarize: true, start: 0, stop: 5 });
    assert.deepEqual(
      [...read(data, 3).dataSync()],
      row(3).map((value) => Number(value > 0.5)),
    );
  });

  it('center subtracts the means over all examples, not over the chosen ones', () => {
    const data = test({ center: true, start: 40, stop: 50 });
    const means = row(0).map((_, pixel) => {
      let sum = 0;
      for (let i = 0; i < 10000; i++) sum += digits.X[784 * i + pixel];
      return sum / 255 / 10000;
    });
    expectClose(
      read(data, 1),
      row(41).map((value, pixel) => value - means[pixel]),
      1e-6,
    );
  });

  it('shuffle swaps each example with one drawn, before some are chosen', () => {
    const places = Array.from({ length: 10000 }, (_, i) => i);
    const rng = new RandomState([1, 2, 3]);
    for (let i = 0; i < 10000; i++) {
      const j = rng.randint(10000);
      [places[i], places[j]] = [places[j], places[i]];
    }
    const data = test({ shuffle: true, start: 20, stop: 30 });
    assert.deepEqual(
      [...data.y!.dataSync()],
      places.slice(20, 30).map((i) => digits.y[i]),
    );
    expectClose(read(data, 4), row(places[24]), 1e-7);
  });

  it('shows its images in the asked order of axes', () => {
    const data = test({ axes: ['c', 0, 1, 'b'], start: 0, stop: 6 });
    const view = data.getTopologicalView();
    assert.deepEqual(view.shape, [1, 28, 28, 6]);
    assert.equal(view.arraySync()[0][14][13][2], Math.fround(row(2)[14 * 28 + 13]));
    expectClose(data.adjustForViewer(tf.tensor1d([0, 0.75, 2])), [-1, 0.5, 1]);
  });

  it('getTestSet gives the whole test set made alike, fitting as told for it', () => {
    const fits: [number, boolean][] = [];
    class Spy extends preprocessing.Preprocessor {
      override apply(dataset: DenseDesignMatrix, canFit = false): void {
        fits.push([dataset.getNumExamples(), canFit]);
      }
    }
    const preprocessor = new Spy();
    const part = test({ start: 0, stop: 5, binarize: true, preprocessor, fitPreprocessor: true });
    const whole = part.getTestSet();
    assert.deepEqual(fits, [
      [5, true],
      [10000, false],
    ]);
    assert.equal(whole.toString(), 'MNIST(test: 10000 images of 28 x 28)');
    assert.deepEqual(
      [...read(whole, 0).dataSync()],
      row(0).map((value) => Number(value > 0.5)),
    );
  });

  it('takes one_hot from older files, and says once that it has no effect', () => {
    const few = { whichSet: 'train', start: 0, stop: 3, oneHot: true } as const;
    const lines = logged(() => {
      const dataset = new MNIST(few);
      assert.deepEqual(dataset.y!.shape, [3, 1]);
      dataset.dispose();
      new MNIST(few).dispose();
    });
    assert.equal(lines.filter((line) => /`one_hot` has no effect/.test(line)).length, 1);
  });

  it('describes itself', () => {
    const lines = test({ start: 0, stop: 100 }).describe().split('\n');
    assert.match(
      lines[1],
      /^features {2}\[100, 784\] float32, from 0 to 1, mean 0\.\d+, images of 28 x 28 x 1$/,
    );
    assert.match(lines[2], /^targets {3}\[100, 1\] int32, 10 classes with [\d ]+ labels$/);
    assert.equal(lines[3], 'source    $PYLEARN2_DATA_PATH/mnist');
  });

  it('makes no data, only their layout, when none are asked for', () => {
    control.pushLoadData(false);
    try {
      const data = new MNIST({ whichSet: 'train' });
      assert.deepEqual(
        [data.X.shape, data.viewShape()],
        [
          [60000, 784],
          [28, 28, 1],
        ],
      );
      data.dispose();
    } finally {
      control.popLoadData();
    }
    assert.throws(() => control.popLoadData(), /nothing was pushed/);
  });

  const wrong: [string, object, RegExp][] = [
    ['no set', {}, /option `whichSet` is missing \(expected "train" or "test"\)/],
    ['a validation set', { whichSet: 'valid' }, /no validation set in MNIST: take .* start 50000/],
    ['another set', { whichSet: 'tset' }, /expected "train" or "test", received "tset"/],
    [
      'a start alone',
      { whichSet: 'test', start: 5 },
      /`stop`: expected .* 6 to 10000, received null/,
    ],
    ['an empty part', { whichSet: 'test', start: 5, stop: 5 }, /`stop`: .* received 5/],
    ['a part beyond the end', { whichSet: 'test', start: 5, stop: 10001 }, /received 10001/],
    ['a negative start', { whichSet: 'test', start: -1, stop: 5 }, /`start`: .* received -1/],
    ['axes twice', { whichSet: 'test', axes: ['b', 0, 0, 'c'] }, /`axes`: expected the axes/],
  ];
  for (const [what, options, message] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => leaves(0, () => new MNIST(options as MNISTOptions)),
        (error) => error instanceof OptionError && message.test(error.message),
      );
    });
  }

  it('refuses damaged files rather than taking others', () => {
    const damaged = path('train-images-idx3-ubyte');
    writeFileSync(path('train-labels-idx1-ubyte'), labels);
    writeFileSync(damaged, images);
    const refuses = (message: RegExp) =>
      assert.throws(
        () => new MNIST({ whichSet: 'train' }),
        (error) => error instanceof DataError && message.test(error.message),
      );
    refuses(/train-images-idx3-ubyte: expected 60000 x 28 x 28 bytes, received 10000 x 28 x 28/);
    truncateSync(damaged, 5000);
    refuses(/expected 7840016 bytes for \[10000, 28, 28\], received 5000/);
    writeFileSync(damaged, labels);
    refuses(/expected magic number 2051, received 2049/);
    rmSync(damaged);
    rmSync(path('train-labels-idx1-ubyte'));
  });

  it('without a network draws digits after one failed attempt, fast', async () => {
    const { folder, remove } = temporaryFolder();
    const back = setEnvironment({
      PYLEARN2_DATA_PATH: undefined,
      XDG_CACHE_HOME: folder,
      TSLEARN2_OFFLINE: undefined,
      TSLEARN2_MNIST_MIRRORS: `${await closedAddress()}, ${(await closedAddress()).slice(0, -1)}`,
    });
    try {
      const started = Date.now();
      const lines = logged(() => {
        const data = new MNIST({ whichSet: 'test' });
        assert.equal(data.synthetic, true);
        assert.match(data.toString(), /NOT MNIST but digits drawn by tslearn2$/);
        assert.match(
          data.source,
          /no mirror answered \(127\.0.*: ECONNREFUSED; 127\.0.*: ECONNREFUSED/,
        );
        new MNIST({ whichSet: 'test' }).dispose();
      });
      assert.ok(Date.now() - started < 10_000);
      const times = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      assert.equal(times(/^info: .*downloading it/), 1);
      assert.equal(times(/^warning: NOT MNIST .* Why: no mirror answered .* To mend it, put/), 1);
    } finally {
      back();
      remove();
    }
  });
});
