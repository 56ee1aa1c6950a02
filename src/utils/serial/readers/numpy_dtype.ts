/** @file NumPy's dtypes as files write them (`<f4`, `|u1`, `>i8`, `<U5`), and the numbers they tell. */
import { DataError } from '../../errors';
import { fromBytes, NdArray, sizeOf, type DType, type Nested } from '../../nd_array';
import { expandHalf } from '../half';
import { eachRowMajor, nest, toRowMajor } from './order';

/** One dtype, taken apart. */
export interface FileDtype {
  /** `float16`, a text of characters or of bytes, or what arrays hold. */
  kind: DType | 'float16' | 'text' | 'bytes';
  /** Bytes of each. */
  width: number;
  /** Whether they come in the order opposite to this machine's. */
  swap: boolean;
}

/** An array of texts, row by row. */
export interface TextArray {
  shape: readonly number[];
  texts: string[];
}

const kinds: Record<string, FileDtype['kind'] | undefined> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** @throws {@link DataError} for what is neither numbers nor text. */
export function parseDescr(descr: string): FileDtype {
  const [, order, letter, digits] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  const swap = order === '>';
  const size = Number(digits);
  if (letter === 'U') return { kind: 'text', width: 4 * size, swap };
  if (letter === 'S' || letter === 'a') return { kind: 'bytes', width: size, swap: false };
  const kind = kinds[`${letter}${digits}`];
  if (kind !== undefined) return { kind, width: size, swap };
  throw new DataError(`arrays of NumPy's dtype ${JSON.stringify(descr)} cannot be loaded`);
}

/** @param bytes - As many as shape and dtype want; copied. */
export function readNumbers(
  dtype: FileDtype,
  shape: readonly number[],
  bytes: Uint8Array,
): NdArray | TextArray {
  const { kind, width, swap } = dtype;
  if (kind === 'float16') return expandHalf(kind, shape, bytes, swap);
  if (kind !== 'text' && kind !== 'bytes') return fromBytes(kind, shape, bytes, swap);
  const texts = Array.from({ length: sizeOf(shape) }, (_, i) =>
    decodeText(dtype, bytes.subarray(i * width, (i + 1) * width)),
  );
  return { shape, texts };
}

/** @param fortran - Whether the first axis, not the last, is the one that runs fastest. */
export function fromFileOrder(
  array: NdArray | TextArray,
  fortran: boolean,
): NdArray | Nested<string> {
  if (array instanceof NdArray) return fortran ? toRowMajor(array) : array;
  const texts = array.texts.slice();
  if (fortran) eachRowMajor(array.shape, (from, to) => (texts[to] = array.texts[from]));
  return nest(texts, array.shape);
}

function decodeText({ kind, swap }: FileDtype, bytes: Uint8Array): string {
  if (kind === 'bytes') return Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
  const points = fromBytes('uint32', [bytes.length / 4], bytes, swap).data as Uint32Array;
  return Array.from(points, (point) => String.fromCodePoint(point))
    .join('')
    .replace(/\0+$/, '');
}
