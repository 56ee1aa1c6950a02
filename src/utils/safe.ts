/** @file Joining lists and maps without losing anything in silence. Port of pylearn2/utils/__init__.py. */
import { NameError, show, StateError } from './errors';

/**
 * Pairs of elements at the same place.
 * @throws {@link StateError} when the lists differ in length.
 */
export function safeZip<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  if (first.length !== second.length) {
    throw new StateError(
      `utils.safe_zip: expected lists of one length, received ${first.length} and ${second.length}.`,
    );
  }
  return first.map((element, i) => [element, second[i]]);
}

/**
 * Adds the entries of one map to another.
 * @throws {@link NameError} when a key is in both; nothing has then changed.
 */
export function safeUpdate<K, V>(to: Map<K, V>, from: ReadonlyMap<K, V>): void {
  for (const key of from.keys()) {
    if (to.has(key))
      throw new NameError(`utils.safe_update: the key ${show(key)} is in both maps.`);
  }
  for (const [key, value] of from) to.set(key, value);
}

/** The elements of both lists, each once, in order. */
export function safeUnion<T>(first: readonly T[], second: readonly T[]): T[] {
  return [...new Set([...first, ...second])];
}
