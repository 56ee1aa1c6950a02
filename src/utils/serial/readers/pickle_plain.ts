/** @file The last step of reading a pickle: Python's dicts and unfinished arrays become plain values. */
import { DataError } from '../../errors';
import { NdArray } from '../../nd_array';
import { PyClass } from './pickle_globals';
import { NumpyArray, NumpyBuilder } from './pickle_numpy';

/** What was one object stays one, also where ways lead back. */
export function toPlain(root: unknown): unknown {
  const done = new Map<object, unknown>();
  const convert = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (!done.has(value)) convertObject(value, done, convert);
    return done.get(value);
  };
  return convert(root);
}

type Convert = (value: unknown) => unknown;

function convertObject(value: object, done: Map<object, unknown>, convert: Convert): void {
  if (value instanceof NumpyArray && value.value !== undefined) {
    done.set(value, convert(value.value));
  } else if (value instanceof NumpyBuilder || value instanceof PyClass) {
    throw new DataError('the pickle holds a class or dtype where data is expected');
  } else if (Array.isArray(value)) {
    convertItems(value, [], done, convert);
  } else if (value instanceof Map) {
    convertDict(value, done, convert);
  } else if (value instanceof Set) {
    done.set(value, new Set([...value].map(convert)));
  } else {
    done.set(value, value instanceof NdArray || value instanceof Uint8Array ? value : null);
  }
}

function convertItems(
  items: unknown[],
  list: unknown[],
  done: Map<object, unknown>,
  convert: Convert,
): void {
  done.set(items, list);
  for (const item of items) list.push(convert(item));
}

function convertDict(
  dict: Map<unknown, unknown>,
  done: Map<object, unknown>,
  convert: Convert,
): void {
  const isPlain = [...dict.keys()].every((key) => typeof key === 'string');
  if (!isPlain) {
    const map = new Map<unknown, unknown>();
    done.set(dict, map);
    for (const [key, item] of dict) map.set(convert(key), convert(item));
    return;
  }
  const object = {};
  done.set(dict, object);
  for (const [key, item] of dict as Map<string, unknown>) {
    const descriptor = {
      value: convert(item),
      enumerable: true,
      writable: true,
      configurable: true,
    };
    Object.defineProperty(object, key, descriptor);
  }
}
