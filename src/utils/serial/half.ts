/** @file Half-precision numbers, of which files hold many and JavaScript none, as float32. */
import { fromBytes, NdArray } from '../nd_array';

/** IEEE 754 binary16, or the upper half of a float32. */
export type HalfKind = 'float16' | 'bfloat16';

/** @param bytes - Two for each number, copied; `swap` as for `fromBytes`. */
export function expandHalf(
  kind: HalfKind,
  shape: readonly number[],
  bytes: Uint8Array,
  swap = false,
): NdArray {
  const words = fromBytes('uint16', shape, bytes, swap).data as Uint16Array;
  if (kind === 'float16') return new NdArray(Float32Array.from(words, fromFloat16), shape);
  const bits = Uint32Array.from(words, (word) => word << 16);
  return new NdArray(new Float32Array(bits.buffer), shape);
}

function fromFloat16(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 31;
  const fraction = word & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
