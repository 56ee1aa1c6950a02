/**
 * @file Arrays of numbers outside the engine: what files hold and what is saved of tensors. Knows
 * shapes and dtypes and no arithmetic.
 */
import { ShapeError, showShape, Tslearn2Error } from './errors';

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

/** What the numbers of an array are; `bool` is kept in bytes 0 and 1. */
export type DType = keyof typeof constructors;

/** What the numbers are kept in. 64-bit integers come as bigint. */
export type TypedArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Items in lists of lists, one level per axis. */
export type Nested<T> = T | Nested<T>[];

/** An array of numbers in row-major order. */
export class NdArray {
  readonly dtype: DType;
  readonly shape: number[];

  /**
   * @param data - The numbers, kept as they are, not copied.
   * @param shape - Sizes of the axes, copied; `[]` for a single number; one axis unless given.
   * @param dtype - Needed only for `bool`; otherwise as the data has it.
   * @throws {@link ShapeError} when the count of numbers is not what the shape says.
   */
  constructor(
    readonly data: TypedArray,
    shape: readonly number[] = [data.length],
    dtype: DType = dtypeOf(data),
  ) {
    const isShape = shape.every((size) => Number.isInteger(size) && size >= 0);
    if (!isShape || sizeOf(shape) !== data.length) {
      throw new ShapeError(
        `utils.NdArray: expected as many numbers as shape ${showShape(shape)} has, received ${data.length}.`,
      );
    }
    if (dtype !== dtypeOf(data) && !(dtype === 'bool' && dtypeOf(data) === 'uint8')) {
      throw new Tslearn2Error(
        `utils.NdArray: ${dtype} cannot be kept in a ${dtypeOf(data)} array.`,
      );
    }
    this.dtype = dtype;
    this.shape = [...shape];
  }

  /** How many numbers there are. */
  get size(): number {
    return this.data.length;
  }

  /** The numbers as doubles, copied. @throws for integers beyond 2^53, which doubles cannot hold. */
  toFloat64(): Float64Array {
    return new Float64Array(this.numbers());
  }

  /** The numbers rounded to float32; not copied when they are that already. */
  toFloat32(): Float32Array {
    if (this.data instanceof Float32Array) return this.data;
    return new Float32Array(this.numbers());
  }

  /** The numbers as int32; not copied when they are that. @throws when one is not an int32. */
  toInt32(): Int32Array {
    if (this.data instanceof Int32Array) return this.data;
    const numbers = this.numbers();
    const bad = numbers.findIndex((value) => value !== (value | 0));
    if (bad === -1) return new Int32Array(numbers);
    throw new Tslearn2Error(
      `utils.NdArray.toInt32: ${numbers[bad]} (number ${bad}) is not an int32.`,
    );
  }

  /** Lists of lists as the shape says; a lone number for shape `[]`. */
  toArray(): Nested<number | bigint | boolean> {
    const build = (axis: number, offset: number): Nested<number | bigint | boolean> => {
      if (axis === this.shape.length) {
        return this.dtype === 'bool' ? this.data[offset] !== 0 : this.data[offset];
      }
      const stride = sizeOf(this.shape.slice(axis + 1));
      return Array.from({ length: this.shape[axis] }, (_, i) =>
        build(axis + 1, offset + i * stride),
      );
    };
    return build(0, 0);
  }

  toString(): string {
    return `NdArray ${this.dtype} ${showShape(this.shape)}`;
  }

  /** The data itself unless it is of bigints. */
  private numbers(): Exclude<TypedArray, BigInt64Array | BigUint64Array> {
    if (!isBig(this.data)) return this.data;
    return Float64Array.from({ length: this.size }, (_, i) => {
      const value = Number(this.data[i]);
      if (Number.isSafeInteger(value)) return value;
      throw new Tslearn2Error(
        `utils.NdArray: ${this.data[i]} (number ${i}) is too large for a double.`,
      );
    });
  }
}

function isBig(data: TypedArray): data is BigInt64Array | BigUint64Array {
  return dtypeOf(data).endsWith('int64');
}

/** How many numbers an array of a shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const kinds: Record<string, DType | undefined> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8Array: 'uint8',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
  BigUint64Array: 'uint64',
};

function tagOf(view: ArrayBufferView): string {
  return (view as TypedArray)[Symbol.toStringTag];
}

/** Whether a value is a typed array of a kind that {@link NdArray} keeps, from whatever realm. */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && kinds[tagOf(value)] !== undefined;
}

/** The dtype of a typed array. @throws when it is of a kind that {@link NdArray} does not keep. */
export function dtypeOf(data: TypedArray): DType {
  const dtype = kinds[tagOf(data)];
  if (dtype === undefined) throw new Tslearn2Error(`utils.NdArray: cannot keep a ${tagOf(data)}.`);
  return dtype;
}

/** How many bytes a number takes. */
export function bytesOf(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/**
 * An array of its own from bytes, which are copied.
 * @param swap - Whether the bytes of each number come in the order opposite to this machine's.
 */
export function fromBytes(
  dtype: DType,
  shape: readonly number[],
  bytes: Uint8Array,
  swap = false,
): NdArray {
  const copy = new Uint8Array(bytes);
  if (swap) swapBytes(copy, bytesOf(dtype));
  return new NdArray(new constructors[dtype](copy.buffer), shape, dtype);
}

/** The bytes that hold the numbers; not copied. */
export function bytesIn(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 1) return;
  for (let start = 0; start < bytes.length; start += width) {
    bytes.subarray(start, start + width).reverse();
  }
}
