/** @file What classes are called. */
import { DataError } from '../utils/errors';

/** The given names, else numbers. @throws {@link DataError} unless there is one for each class. */
export function classNames(
  where: string,
  names: readonly string[] | null,
  classes: number,
): string[] {
  if (names === null) return Array.from({ length: classes }, (_, i) => String(i));
  if (names.length === classes) return [...names];
  throw new DataError(`${where}: expected ${classes} names, received ${names.length}.`);
}
