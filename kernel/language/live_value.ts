/** @file What a name stands for now, in a line: for tensors shape and dtype. */
import { inspect } from 'node:util';

/** Characters that are shown at most. */
const MOST = 200;

interface Shaped {
  shape: readonly number[];
  dtype?: string;
  isDisposed?: boolean;
}

function isShaped(value: unknown): value is Shaped {
  return value !== null && typeof value === 'object' && Array.isArray((value as Shaped).shape);
}

/** The line; undefined for functions and classes, of which the type says all. */
export function liveValue(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'function') return undefined;
  if (isShaped(value)) {
    const { constructor, shape, dtype = '', isDisposed } = value as Shaped & object;
    const words = [constructor.name, dtype, `[${shape.join(', ')}]`, isDisposed && 'disposed of'];
    return words.filter(Boolean).join(' ');
  }
  const text = inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: MOST });
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}
