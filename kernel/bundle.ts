/** @file Any value as a MIME bundle. */
import { inspect } from 'node:util';
import { displaySymbol, isDisplayable, type MimeBundle } from '../src/utils/display';
import type { Library } from './library';
import { isTable, tableBundle } from './table';
import { specOf, vegaBundle } from './vega';

interface TensorLike {
  dataId: unknown;
  shape: unknown;
  dtype: unknown;
}

function isTensor(value: unknown): value is TensorLike {
  if (value === null || typeof value !== 'object') return false;
  return 'dataId' in value && 'shape' in value && 'dtype' in value;
}

/** Bytes travel as base64. */
function portable(data: unknown): unknown {
  return data instanceof Uint8Array ? Buffer.from(data).toString('base64') : data;
}

function whole(value: unknown, bundle: MimeBundle): MimeBundle {
  const entries = Object.entries(bundle).map(([type, data]) => [type, portable(data)] as const);
  const data = Object.fromEntries(entries);
  return 'text/plain' in data ? data : { ...data, 'text/plain': inspect(value) };
}

/**
 * How a value shows itself: by its own method; as a tensor, a chart, a table; else as text.
 * @returns The bundle, or a promise of it if the value's method is asynchronous.
 */
export function bundleOf(value: unknown, library: Library): MimeBundle | Promise<MimeBundle> {
  if (isDisplayable(value)) {
    const bundle = value[displaySymbol]();
    if (bundle instanceof Promise) return bundle.then((data: MimeBundle) => whole(value, data));
    return whole(value, bundle);
  }
  const { tensorBundle } = library;
  if (isTensor(value) && tensorBundle !== undefined) return whole(value, tensorBundle(value));
  const spec = specOf(value);
  if (spec !== undefined) return vegaBundle(spec);
  return isTable(value) ? tableBundle(value) : { 'text/plain': inspect(value) };
}
