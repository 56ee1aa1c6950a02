import assert from 'node:assert/strict';
import { tf } from '../../src/engine';
import {
  type Batch,
  CompositeSpace,
  DataSpecsMapping,
  IndexSpace,
  nullDataSpecs,
  NullSpace,
  VectorSpace,
} from '../../src/space';
import { expectClose, leaves } from '../support/expect';

const [v2, v3] = [new VectorSpace({ dim: 2 }), new VectorSpace({ dim: 3 })];
const labels = new IndexSpace({ maxLabels: 3, dim: 2 });

describe('space', () => {
  it('merges the one-hot codes of labels into one vector, duplicates staying 1', () => {
    const batch = tf.tensor2d(
      [
        [0, 2],
        [1, 1],
      ],
      [2, 2],
      'int32',
    );
    expectClose(labels.formatAs(batch, v3) as tf.Tensor, [1, 0, 1, 0, 1, 0]);
  });

  it('puts the one-hot codes of labels side by side when the vector has room for all', () => {
    const batch = tf.tensor2d([[0, 2]], [1, 2], 'int32');
    const vector = labels.formatAs(batch, new VectorSpace({ dim: 6 })) as tf.Tensor;
    expectClose(vector, [1, 0, 0, 0, 0, 1]);
  });

  it('makes no labels of vectors', () => {
    const two = new IndexSpace({ maxLabels: 9, dim: 3 });
    assert.throws(() => v3.formatAs(tf.zeros([1, 3]), two), /cannot be made from vectors/);
  });

  it('joins the components of a composite depth first, and splits them again', () => {
    const composite = new CompositeSpace({
      components: [v2, new CompositeSpace({ components: [v3, v2] })],
    });
    const parts: Batch = [tf.tensor2d([[1, 2]]), [tf.tensor2d([[3, 4, 5]]), tf.tensor2d([[6, 7]])]];
    const vector = composite.formatAs(parts, new VectorSpace({ dim: 7 })) as tf.Tensor;
    expectClose(vector, [1, 2, 3, 4, 5, 6, 7]);
    const [first, [second, third]] = new VectorSpace({ dim: 7 }).formatAs(vector, composite) as [
      tf.Tensor,
      tf.Tensor[],
    ];
    expectClose(first, [1, 2]);
    expectClose(second, [3, 4, 5]);
    expectClose(third, [6, 7]);
  });

  it('gives the bare component when a composite is restricted to one', () => {
    const composite = new CompositeSpace({ components: [v2, v3] });
    assert.ok(composite.restrict([1]).equals(v3));
    assert.ok(composite.restrict([1, 0]).equals(new CompositeSpace({ components: [v3, v2] })));
  });

  it('says what a batch should have looked like', () => {
    assert.throws(
      () => v2.validate(tf.zeros([4, 3]), 'f'),
      /f: expected a batch of shape \[\*, 2\], received \[4, 3\]/,
    );
    assert.throws(
      () => labels.validate(tf.zeros([1, 2]), 'f'),
      /f: expected an int32 tensor, received float32/,
    );
    const composite = new CompositeSpace({ components: [v2, v2] });
    assert.throws(
      () => composite.validate([tf.zeros([1, 2]), tf.zeros([2, 2])]),
      /batches of one size, received 1, 2/,
    );
    assert.throws(() => v2.formatAs(tf.zeros([1, 2]), v3), /2 numbers a point against 3/);
    assert.throws(() => new NullSpace().validate(tf.scalar(1)), /expected null/);
  });

  it('takes the types of the engine by the names that Pylearn2 has for them, and no others', () => {
    assert.ok(new VectorSpace({ dim: 2, dtype: 'float32', sparse: false }).equals(v2));
    assert.ok(new IndexSpace({ maxLabels: 3, dim: 2, dtype: 'uint8' }).equals(labels));
    const wrong: [options: object, message: RegExp][] = [
      [{ dtype: 'float64' }, /`dtype`: expected one of floatX, float32, received "float64"/],
      [{ sparse: true }, /`sparse`: expected false, batches are dense here, received true/],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => new VectorSpace({ dim: 2, ...options }), message);
    }
  });

  it('leaves only the batch that it gives', () => {
    const batch = tf.tensor2d(
      [
        [0, 2],
        [1, 1],
      ],
      [2, 2],
      'int32',
    );
    leaves(1, () => labels.formatAs(batch, v3));
    const composite = new CompositeSpace({ components: [v2, v3] });
    const parts = leaves(2, () => composite.getOriginBatch(3));
    leaves(1, () => composite.formatAs(parts, new VectorSpace({ dim: 5 })));
  });
});

describe('space/data_specs', () => {
  it('asks for each pair of space and source once and for no null ones', () => {
    const nested = {
      space: new CompositeSpace({
        components: [v2, new CompositeSpace({ components: [v2, new NullSpace(), v3] })],
      }),
      source: ['features', ['features', '', 'features']],
    };
    const mapping = new DataSpecsMapping(nested);
    assert.deepEqual(mapping.flat.sources, ['features', 'features']);
    assert.deepEqual(mapping.flat.spaces, [v2, v3]);
    const [x, y] = [tf.zeros([1, 2]), tf.zeros([1, 3])];
    assert.deepEqual(mapping.nest([x, y]), [x, [x, null, y]]);
    assert.deepEqual(mapping.flatten([x, [x, null, y]]), [x, y]);
  });

  it('needs nothing for the null specification', () => {
    const mapping = new DataSpecsMapping(nullDataSpecs());
    assert.deepEqual(mapping.flat.sources, []);
    assert.equal(mapping.nest([]), null);
  });

  it('refuses sources that nest otherwise than spaces', () => {
    const specs = { space: new CompositeSpace({ components: [v2, v3] }), source: ['features'] };
    assert.throws(() => new DataSpecsMapping(specs), /does not nest/);
    assert.throws(() => new DataSpecsMapping({ space: v2, source: ['features'] }), /does not nest/);
  });
});
