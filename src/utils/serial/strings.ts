/** @file Objects in strings. Port of `to_string`, `from_string`, `clone_via_serialize`. */
import { DataError } from '../errors';
import { fromBytes, toBytes } from './object_file';

/** What save would write, as base64. */
export function toString(object: unknown): string {
  return Buffer.concat(toBytes(object)).toString('base64');
}

/** The object that {@link toString} was given. @throws {@link DataError} when the string is damaged. */
export function fromString(text: string): unknown {
  try {
    return fromBytes(Buffer.from(text, 'base64'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(`utils.serial.fromString: ${reason}`, { cause });
  }
}

/** A copy of an object and all that it leads to, made by writing and reading it. */
export function cloneViaSerialize<T>(object: T): T {
  return fromBytes(Buffer.concat(toBytes(object))) as T;
}
