/** @file NumPy's arrays, dtypes and numbers as pickles put them together, piece by piece. */
import { DataError, show } from '../../errors';
import { NdArray, sizeOf, type Nested } from '../../nd_array';
import { fromFileOrder, parseDescr, readNumbers } from './numpy_dtype';
import { nest } from './order';

/** Something that is made empty and then told its state. */
export abstract class NumpyBuilder {
  abstract setState(state: unknown): void;
}

/** A dtype: `f8`, and its byte order from the state. */
export class NumpyDtype extends NumpyBuilder {
  private order = '=';

  constructor(private readonly letters: unknown) {
    super();
  }

  setState(state: unknown): void {
    const order = Array.isArray(state) ? state[1] : undefined;
    if (typeof order !== 'string') throw new DataError('damaged: a dtype without a byte order');
    this.order = order;
  }

  get descr(): string {
    if (typeof this.letters !== 'string') throw new DataError('damaged: a dtype without a name');
    return /^[<>|=]/.test(this.letters) ? this.letters : this.order + this.letters;
  }

  get holdsObjects(): boolean {
    return /O\d*$/.test(this.descr);
  }
}

/** An array: its shape, dtype, order and bytes come in its state. */
export class NumpyArray extends NumpyBuilder {
  /** What the array is; set once it has been told its state. */
  value: NdArray | Nested<unknown> | undefined;

  setState(state: unknown): void {
    const [, shape, dtype, fortran, data] = Array.isArray(state) ? state : [];
    this.value = makeArray(shape, dtype, fortran === true || fortran === 1, data);
  }
}

/** One number, or text. */
export function numpyScalar(dtype: unknown, bytes: unknown): unknown {
  const array = makeArray([], dtype, false, bytes);
  return array instanceof NdArray ? array.toArray() : array;
}

/** What protocol 5 calls: bytes, dtype, shape, order. */
export function numpyFromBuffer(args: readonly unknown[]): NdArray | Nested<unknown> {
  const [data, dtype, shape, order] = args;
  return makeArray(shape, dtype, order === 'F', data);
}

function makeArray(
  shape: unknown,
  dtype: unknown,
  fortran: boolean,
  data: unknown,
): NdArray | Nested<unknown> {
  if (!isShape(shape) || !(dtype instanceof NumpyDtype)) {
    throw new DataError('damaged: an array without shape or dtype');
  }
  if (dtype.holdsObjects) return makeObjects(shape, data);
  const parsed = parseDescr(dtype.descr);
  const bytes = typeof data === 'string' ? new Uint8Array(Buffer.from(data, 'latin1')) : data;
  const expected = parsed.width * sizeOf(shape);
  if (!(bytes instanceof Uint8Array) || bytes.length !== expected) {
    throw new DataError(`damaged: an array that should have ${expected} bytes, has ${show(data)}`);
  }
  return fromFileOrder(readNumbers(parsed, shape, bytes), fortran);
}

/** Arrays of objects come as lists of lists. */
function makeObjects(shape: readonly number[], data: unknown): Nested<unknown> {
  if (!Array.isArray(data) || data.length !== sizeOf(shape)) {
    throw new DataError('damaged: an array of objects without them');
  }
  return nest(data, shape);
}

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
}
