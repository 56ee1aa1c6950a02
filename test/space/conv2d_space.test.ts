import assert from 'node:assert/strict';
import { DenseDesignMatrix } from '../../src/datasets';
import { MNIST } from '../../src/datasets/mnist';
import { tf } from '../../src/engine';
import {
  type Axis,
  CompositeSpace,
  Conv2DSpace,
  elementwise,
  fromNatural,
  IndexSpace,
  toNatural,
  VectorSpace,
} from '../../src/space';
import { expectClose, leaves } from '../support/expect';
import { useMnist } from '../support/mnist';
import { load, roundTrip } from '../support/yaml';

const b01c: Axis[] = ['b', 0, 1, 'c'];
const bc01: Axis[] = ['b', 'c', 0, 1];
const c01b: Axis[] = ['c', 0, 1, 'b'];
const orders = [b01c, bc01, c01b, [1, 'b', 'c', 0] as Axis[]];
const space = (axes?: Axis[], numChannels = 2) =>
  new Conv2DSpace({ shape: [2, 3], numChannels, axes });
const vectors = new VectorSpace({ dim: 12 });
/** Two examples; the number at (row, column, channel) is 6 row + 2 column + channel. */
const rows = tf.tensor2d([[...Array(12).keys()], [...Array(12).keys()].map((i) => 100 + i)]);

describe('space/conv2d_space', () => {
  it('lays images out by row, column, channel as vectors, whatever the axes', () => {
    for (const axes of orders) {
      const images = leaves(1, () => vectors.formatAs(rows, space(axes))) as tf.Tensor4D;
      const back = leaves(1, () => space(axes).formatAs(images, vectors)) as tf.Tensor2D;
      expectClose(back, rows);
      assert.equal(space(axes).batchSize(images), 2);
      const at: Record<Axis, number> = { b: 1, 0: 1, 1: 2, c: 0 };
      const place = axes.map((axis) => at[axis]);
      expectClose(images.slice(place, [1, 1, 1, 1]), 100 + 6 + 4 + 0);
    }
  });

  it('moves axes from one order to another', () => {
    for (const from of orders) {
      const images = vectors.formatAs(rows, space(from)) as tf.Tensor4D;
      for (const to of orders) {
        const moved = space(from).formatAs(images, space(to)) as tf.Tensor4D;
        assert.deepEqual(moved.shape, space(to).getOriginBatch(2).shape);
        expectClose(space(to).formatAs(moved.clone(), vectors) as tf.Tensor, rows);
      }
    }
  });

  it('gives the same tensor when nothing changes', () => {
    const images = space(bc01).getOriginBatch(2);
    assert.equal(space(bc01).formatAs(images, space(bc01)), images);
    assert.deepEqual(images.shape, [2, 2, 2, 3]);
  });

  it('knows itself by shape, channels and axes', () => {
    assert.ok(space().equals(space(b01c)));
    assert.ok(!space().equals(space(bc01)));
    assert.ok(!space().equals(space(b01c, 1)));
    assert.ok(!space().equals(new Conv2DSpace({ shape: [3, 2], channels: 2 })));
    assert.equal(space().getTotalDimension(), 12);
    assert.equal(
      space(bc01).toString(),
      "Conv2DSpace(shape=(2, 3), num_channels=2, axes=('b', 'c', 0, 1))",
    );
  });

  it('says what a batch should have looked like, and what there is no conversion to', () => {
    assert.throws(
      () => space(bc01).validate(tf.zeros([4, 2, 3, 2]), 'f'),
      /f: expected a batch of shape \[\*, 2, 2, 3\], received \[4, 2, 3, 2\]/,
    );
    const images = space().getOriginBatch(1);
    assert.throws(
      () => space().formatAs(images, new VectorSpace({ dim: 3 })),
      /12 numbers a point/,
    );
    const labels = new IndexSpace({ maxLabels: 2, dim: 12 });
    assert.throws(() => space().formatAs(images, labels), /cannot be formatted as IndexSpace/);
  });

  it('is part of a composite space', () => {
    const composite = new CompositeSpace({
      components: [space(bc01), new VectorSpace({ dim: 1 })],
    });
    const all = new VectorSpace({ dim: 13 });
    const long = tf.range(0, 13).reshape([1, 13]);
    const parts = all.formatAs(long, composite) as tf.Tensor[];
    assert.deepEqual(parts[0].shape, [1, 2, 2, 3]);
    expectClose(composite.formatAs(parts, all) as tf.Tensor, long);
  });

  it('wants rows and columns, one number of channels, and each axis once', () => {
    const wrong = (options: object) => () => new Conv2DSpace(options as never);
    assert.throws(
      wrong({ shape: [2, 2] }),
      /space.Conv2DSpace: expected channels or num_channels, received neither/,
    );
    assert.throws(wrong({ shape: [2, 2], channels: 1, numChannels: 1 }), /received both/);
    assert.throws(wrong({ shape: [2], channels: 1 }), /`shape`: expected rows and columns/);
    assert.throws(wrong({ shape: [2, 2], channels: 1, axes: ['b', 0, 1, 1] }), /`axes`/);
    assert.throws(
      () => load('!obj:pylearn2.space.Conv2DSpace { shape: [2, 2], num_channel: 1 }'),
      /no option `num_channel`. Did you mean `num_channels`\?/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<Conv2DSpace>(
      `!obj:pylearn2.space.Conv2DSpace { shape: [2, 3], num_channels: 2, axes: ['c', 0, 1, 'b'] }`,
    );
    assert.ok(loaded.equals(space(c01b)));
    assert.ok(copy.equals(loaded));
  });
});

describe('space/natural', () => {
  it('remembers the layout that images come from, until it is freed', () => {
    const natural = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5]);
    const moved = fromNatural(natural, bc01);
    assert.deepEqual(moved.shape, [2, 5, 3, 4]);
    assert.equal(toNatural(moved, bc01), natural);
    const values = natural.clone();
    natural.dispose();
    expectClose(toNatural(moved, bc01), values);
  });

  it('applies functions of elements on that layout', () => {
    const natural = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5]);
    const doubled = elementwise(fromNatural(natural, bc01), (x) => x.mul(2)) as tf.Tensor4D;
    assert.deepEqual(doubled.shape, [2, 5, 3, 4]);
    expectClose(toNatural(doubled, bc01), natural.mul(2));
    expectClose(toNatural(doubled.clone(), bc01), natural.mul(2));
    expectClose(
      elementwise(tf.tensor1d([3]), (x) => x.mul(2)),
      6,
    );
  });

  it('does not transpose when only axes of length 1 move', async () => {
    const images = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 1]);
    const { kernelNames } = await tf.profile(() => {
      assert.deepEqual(fromNatural(images, bc01).shape, [2, 1, 3, 4]);
    });
    assert.deepEqual(kernelNames, ['Reshape']);
  });
});

describe('space/conv2d_space of datasets', () => {
  useMnist();

  it('gets images from a dataset in any axes', () => {
    const images = tf.tidy(() => tf.range(0, 24).reshape([2, 2, 3, 2]) as tf.Tensor4D);
    const dataset = new DenseDesignMatrix({ topoView: images });
    for (const axes of orders) {
      dataset.setViewConverterAxes(axes === b01c ? c01b : b01c);
      const specs = { spaces: [space(axes)], sources: ['features'] };
      const batches = dataset.iterator({ mode: 'sequential', batchSize: 2, dataSpecs: specs });
      const [[batch]] = [...batches] as tf.Tensor4D[][];
      expectClose(space(axes).formatAs(batch, space()) as tf.Tensor, images);
      batch.dispose();
    }
  });

  it('gets MNIST as images', () => {
    const dataset = new MNIST({ whichSet: 'test', start: 0, stop: 3 });
    const pixels = dataset.getDesignMatrix();
    for (const axes of orders) {
      const digits = new Conv2DSpace({ shape: [28, 28], numChannels: 1, axes });
      const dataSpecs = { spaces: [digits], sources: ['features'] };
      const [[batch]] = [
        ...dataset.iterator({ mode: 'sequential', batchSize: 3, dataSpecs }),
      ] as tf.Tensor4D[][];
      digits.validate(batch);
      expectClose(digits.formatAs(batch, new VectorSpace({ dim: 784 })) as tf.Tensor, pixels);
    }
  });
});
