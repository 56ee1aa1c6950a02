import assert from 'node:assert/strict';
import { NdArray } from '../../src/utils/nd_array';
import { ShapeError } from '../../src/utils/errors';

describe('utils/nd_array', () => {
  it('takes its dtype from the data, and one axis where no shape is given', () => {
    const array = new NdArray(Int16Array.from([1, 2, 3]));
    assert.deepEqual([array.dtype, array.shape, array.size], ['int16', [3], 3]);
    assert.equal(String(array), 'NdArray int16 [3]');
  });

  it('keeps the data and copies the shape', () => {
    const data = new Float32Array(4);
    const shape = [2, 2];
    const array = new NdArray(data, shape);
    shape[0] = 9;
    assert.equal(array.data, data);
    assert.deepEqual(array.shape, [2, 2]);
  });

  it('gives lists of lists, booleans as such, a lone number for no axes', () => {
    assert.deepEqual(new NdArray(Uint8Array.from([1, 2, 3, 4, 5, 6]), [2, 1, 3]).toArray(), [
      [[1, 2, 3]],
      [[4, 5, 6]],
    ]);
    assert.deepEqual(new NdArray(Uint8Array.from([1, 0]), [2], 'bool').toArray(), [true, false]);
    assert.equal(new NdArray(Float64Array.from([2.5]), []).toArray(), 2.5);
    assert.deepEqual(new NdArray(new Float32Array(0), [2, 0]).toArray(), [[], []]);
  });

  it('converts, and refuses what would not fit', () => {
    const big = new NdArray(BigInt64Array.from([3n, -4n]));
    assert.deepEqual(big.toInt32(), Int32Array.from([3, -4]));
    assert.deepEqual(big.toFloat32(), Float32Array.from([3, -4]));
    assert.deepEqual(big.toFloat64(), Float64Array.from([3, -4]));
    assert.deepEqual(new NdArray(new BigUint64Array(0)).toInt32(), new Int32Array(0));
    const huge = new NdArray(BigInt64Array.from([2n ** 60n + 1n]));
    assert.throws(
      () => huge.toFloat64(),
      /1152921504606846977 \(number 0\) is too large for a double/,
    );
    const half = new NdArray(Float64Array.from([1, 1.5]));
    assert.throws(() => half.toInt32(), /toInt32: 1\.5 \(number 1\) is not an int32/);
  });

  it('does not copy what has the dtype already', () => {
    const floats = new NdArray(new Float32Array(2));
    const ints = new NdArray(new Int32Array(2));
    assert.equal(floats.toFloat32(), floats.data);
    assert.equal(ints.toInt32(), ints.data);
  });

  it('refuses a shape or dtype that is not the data’s', () => {
    assert.throws(() => new NdArray(new Float32Array(3), [2, 2]), ShapeError);
    assert.throws(() => new NdArray(new Float32Array(1), [-1, -1]), ShapeError);
    assert.throws(
      () => new NdArray(new Float32Array(1), [1], 'int32'),
      /int32 cannot be kept in a float32 array/,
    );
    const clamped = new Uint8ClampedArray(1) as unknown as Uint8Array;
    assert.throws(() => new NdArray(clamped), /cannot keep a Uint8ClampedArray/);
  });
});
