/** @file The idx files of MNIST. Source: Y. LeCun, "The MNIST database", section "File formats". */
import { DataError } from '../../errors';
import { bytesOf, fromBytes, sizeOf, type DType, type NdArray } from '../../nd_array';
import { ByteReader } from '../byte_reader';

const dtypes = new Map<number, DType>([
  [0x08, 'uint8'],
  [0x09, 'int8'],
  [0x0b, 'int16'],
  [0x0c, 'int32'],
  [0x0d, 'float32'],
  [0x0e, 'float64'],
]);

/** Whether bytes begin as an idx file. */
export function isIdx(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 8 && bytes[0] === 0 && bytes[1] === 0 && dtypes.has(bytes[2]) && bytes[3] > 0
  );
}

/** @throws {@link DataError} when there are more or fewer numbers than the file says. */
export function readIdx(bytes: Uint8Array): NdArray {
  const reader = new ByteReader(bytes, 2, false);
  const dtype = dtypes.get(reader.uint8());
  if (dtype === undefined) throw new DataError('damaged: an idx file of no known dtype');
  const axes = reader.uint8();
  const shape = Array.from({ length: axes }, () => reader.uint32());
  const expected = sizeOf(shape) * bytesOf(dtype);
  if (reader.left !== expected) {
    throw new DataError(`damaged: ${expected} bytes of data expected, ${reader.left} are there`);
  }
  return fromBytes(dtype, shape, reader.take(expected), true);
}
