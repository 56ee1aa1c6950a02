/** @file Errors in the caller's words: where, what was expected, what came, nearest valid name. */

/** Base of all errors that the library throws on purpose. */
export class Tslearn2Error extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A tensor or array has another shape or dtype than the operation takes. */
export class ShapeError extends Tslearn2Error {}

/** A name (of a class, channel, layer, file) that nothing has. */
export class NameError extends Tslearn2Error {}

/** Data could not be found or read. */
export class DataError extends Tslearn2Error {}

/** A number that training must not see (NaN, infinity) appeared. */
export class NumericalError extends Tslearn2Error {}

/** Something was asked of an object that is not in a state to answer. */
export class StateError extends Tslearn2Error {}

/** A short rendering of any value for an error message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'a function';
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, 5).map(show);
    return `[${items.join(', ')}${value.length > 5 ? `, ... ${value.length} in all` : ''}]`;
  }
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
  if (name !== undefined && name !== 'Object') return `a ${name}`;
  return `{${Object.keys(value).slice(0, 5).join(', ')}}`;
}

/** `[*, 784]`: a shape, null standing for any size. */
export function showShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => (size === null ? '*' : size)).join(', ')}]`;
}

/**
 * Checks a shape; null in `expected` matches any size.
 * @throws {@link ShapeError} `where: expected name of shape [*, 784], received [100, 28]`.
 */
export function expectShape(
  where: string,
  name: string,
  received: readonly number[],
  expected: readonly (number | null)[],
): void {
  const fits =
    received.length === expected.length &&
    expected.every((size, axis) => size === null || size === received[axis]);
  if (!fits) {
    throw new ShapeError(
      `${where}: expected ${name} of shape ${showShape(expected)}, received ${showShape(received)}.`,
    );
  }
}
