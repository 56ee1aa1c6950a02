/** @file Loading from YAML with the library's own names. */
import '../../src';
import { load } from '../../src/load';
import { cloneViaSerialize } from '../../src/utils/serial';

export { load };

/** An object from YAML, and what comes back when it is saved and loaded. */
export function roundTrip<T>(yaml: string): { loaded: T; copy: T } {
  const loaded = load<T>(yaml);
  return { loaded, copy: cloneViaSerialize(loaded) as T };
}
