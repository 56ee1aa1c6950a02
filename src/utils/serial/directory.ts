/**
 * @file What serial asks of the classes that it saves, and of whoever knows their names. utils
 * stands below all of them, so config hands in its directory of names by {@link useDirectory}.
 */
import { StateError } from '../errors';

/** What a class does to be saved; an object without {@link Saveable.getConfig} cannot be. */
export interface Saveable {
  /**
   * The options to construct it anew from: numbers, strings, lists, maps, typed arrays, NdArrays
   * and other saveable objects. Must not lead back to the object itself.
   */
  getConfig(): object;
  /**
   * What to restore after construction, in the same kinds of values; may lead back to the object.
   * Live tensors are given as NdArrays.
   */
  getState?(): object;
  /** Takes what getState gave. Objects whose options hold this one have been restored before. */
  setState?(state: never): void;
}

/** A class or a function. */
export type Named = (abstract new (...args: never[]) => unknown) | ((...args: never[]) => unknown);

/** Knows classes and functions by name. */
export interface ClassDirectory {
  /** The name by which `resolve` finds it; undefined when it has none. */
  nameOf(type: Named): string | undefined;
  /** The class or function of a name. Throws, or gives undefined, when nothing has it. */
  resolve(name: string): unknown;
}

let current: ClassDirectory | undefined;

/** Sets who knows the names of classes; gives back who did before. */
export function useDirectory(directory: ClassDirectory | undefined): ClassDirectory | undefined {
  const previous = current;
  current = directory;
  return previous;
}

/** Who knows the names of classes. @throws {@link StateError} when nobody has been set. */
export function directory(): ClassDirectory {
  if (current === undefined) {
    throw new StateError(
      'utils.serial: nobody knows the names of classes; import the library by its index, or call useDirectory.',
    );
  }
  return current;
}

export function isSaveable(value: object): value is Saveable {
  return typeof (value as Partial<Saveable>).getConfig === 'function';
}
