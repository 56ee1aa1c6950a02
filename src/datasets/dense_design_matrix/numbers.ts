/** @file Numbers as users give them: tensors, arrays from files, lists of lists. */
import { tf } from '../../engine';
import { show, showShape } from '../../utils/errors';
import { NdArray, type TypedArray } from '../../utils/nd_array';
import { OptionError } from '../../utils/options';
import { denseDesignMatrixSchema } from './options';

/** Lists of lists of numbers; the innermost may be typed arrays. */
export type NestedNumbers = readonly number[] | TypedArray | readonly NestedNumbers[];
/** Everything that holds numbers in a shape. Copied where it is taken. */
export type Numbers = tf.Tensor | NdArray | NestedNumbers;

/** Numbers on the host, as doubles or as they came. */
export interface HostNumbers {
  data: ArrayLike<number>;
  shape: number[];
}

/** The error that something is wrong with an option of DenseDesignMatrix. */
export function numbersError(option: string, path: string, detail: string): OptionError {
  const issue = { option, path, problem: 'invalid', detail } as const;
  return new OptionError('datasets.DenseDesignMatrix', [issue], denseDesignMatrixSchema.keys);
}

/** The error that something is wrong with an argument of a function that has these. */
export function argumentError(
  where: string,
  name: string,
  detail: string,
  names: readonly string[] = [name],
): OptionError {
  const issue = { option: name, path: '', problem: 'invalid', detail } as const;
  return new OptionError(where, [issue], names);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The lengths along the first element of each level. */
function shapeOf(value: unknown): number[] {
  return isList(value) ? [value.length, ...shapeOf(value[0])] : [];
}

function flatten(option: string, value: unknown, shape: number[]): Float64Array {
  const data = new Float64Array(shape.reduce((product, length) => product * length, 1));
  let filled = 0;
  const visit = (part: unknown, axis: number, path: string): void => {
    if (axis === shape.length) {
      if (typeof part === 'bigint') part = Number(part);
      if (typeof part !== 'number') {
        throw numbersError(option, path, `expected a number, received ${show(part)}`);
      }
      data[filled++] = part;
      return;
    }
    if (!isList(part) || part.length !== shape[axis]) {
      const came = isList(part) ? `${part.length}` : show(part);
      throw numbersError(option, path, `expected ${shape[axis]} numbers, received ${came}`);
    }
    for (let i = 0; i < part.length; i++) visit(part[i], axis + 1, `${path}[${i}]`);
  };
  visit(value, 0, '');
  return data;
}

/**
 * Brings numbers to the host.
 * @throws {@link OptionError} when lists differ in length or hold something else than numbers.
 */
export function toHost(option: string, value: Numbers): HostNumbers {
  if (value instanceof tf.Tensor) {
    return { data: value.dataSync(), shape: [...value.shape] };
  }
  if (value instanceof NdArray) {
    const { data, shape } = value;
    const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
    return { data: wide ? Float64Array.from(data, Number) : data, shape: [...shape] };
  }
  const shape = shapeOf(value);
  return { data: flatten(option, value, shape), shape };
}

/** `[3, 17]` of the element at a place of row-major data. */
function placeOf(index: number, shape: readonly number[]): string {
  const place: number[] = [];
  for (const length of [...shape].reverse()) {
    place.unshift(index % length);
    index = Math.floor(index / length);
  }
  return place.map((i) => `[${i}]`).join('');
}

/** @throws {@link OptionError} naming the first place where there is NaN or infinity. */
function checkFinite(option: string, { data, shape }: HostNumbers): void {
  for (let i = 0; i < data.length; i++) {
    // x - x is 0 unless x is NaN or infinite; faster than Number.isFinite on millions.
    if (data[i] - data[i] !== 0) {
      const detail = `expected finite numbers, received ${data[i]}`;
      throw numbersError(option, placeOf(i, shape), detail);
    }
  }
}

function checkRank(option: string, shape: readonly number[], ranks: readonly number[]): void {
  if (!ranks.includes(shape.length) || shape.some((length) => length === 0)) {
    const detail = `expected ${ranks.join(' or ')} axes, none empty, received ${showShape(shape)}`;
    throw numbersError(option, '', detail);
  }
}

/**
 * Real numbers as a tensor.
 * @returns float32, owned by the caller, kept by no tidy.
 * @throws {@link OptionError} when there are not that many axes, or when something is not finite.
 */
export function realTensor(option: string, value: Numbers, ranks: readonly number[]): tf.Tensor {
  if (value instanceof tf.Tensor) {
    checkRank(option, value.shape, ranks);
    const finite = tf.tidy(() => value.cast('float32').isFinite().all().dataSync()[0]);
    if (!finite) checkFinite(option, toHost(option, value));
    return tf.tidy(() => value.cast('float32').clone());
  }
  const host = toHost(option, value);
  checkRank(option, host.shape, ranks);
  checkFinite(option, host);
  return tf.tensor(Float32Array.from(host.data), host.shape, 'float32');
}

/**
 * Class labels as a tensor.
 * @param labels - How many there are: they are the integers from 0 to `labels` - 1.
 * @returns int32, owned by the caller.
 * @throws {@link OptionError} naming the first place where there is no label.
 */
export function labelTensor(
  option: string,
  value: Numbers,
  ranks: readonly number[],
  labels: number,
): tf.Tensor {
  const host = toHost(option, value);
  checkRank(option, host.shape, ranks);
  for (let i = 0; i < host.data.length; i++) {
    const label = host.data[i];
    if (!(Number.isInteger(label) && label >= 0 && label < labels)) {
      const detail = `expected a label from 0 to ${labels - 1}, received ${label}`;
      throw numbersError(option, placeOf(i, host.shape), detail);
    }
  }
  return tf.tensor(Int32Array.from(host.data), host.shape, 'int32');
}

/**
 * Targets of unknown kind as a tensor: a list of integers stays one of integers.
 * @returns int32 or float32, owned by the caller.
 */
export function targetTensor(option: string, value: Numbers, ranks: readonly number[]): tf.Tensor {
  const host = toHost(option, value);
  checkRank(option, host.shape, ranks);
  checkFinite(option, host);
  const integers = host.shape.length === 1 && Array.from(host.data).every(Number.isInteger);
  return integers
    ? tf.tensor(Int32Array.from(host.data), host.shape, 'int32')
    : tf.tensor(Float32Array.from(host.data), host.shape, 'float32');
}
