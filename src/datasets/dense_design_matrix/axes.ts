/** @file Names of the axes of a batch of images. */
import { z } from 'zod';

/** 'b' examples, 0 rows, 1 columns, 'c' channels. */
export type Axis = 'b' | 0 | 1 | 'c';

/** The usual order of the axes. */
export const defaultAxes: readonly Axis[] = ['b', 0, 1, 'c'];

/** The order in which a design matrix holds the numbers of an image. */
export const storedAxes: readonly Axis[] = ['b', 'c', 0, 1];

function isAxes(value: unknown): value is readonly Axis[] {
  return (
    Array.isArray(value) &&
    value.length === defaultAxes.length &&
    defaultAxes.every((axis) => value.includes(axis))
  );
}

/** The zod type of an order of axes. */
export const axesSchema = z.custom<readonly Axis[]>(isAxes, {
  error: "expected the axes 'b', 0, 1, 'c' in some order",
});

/** For each axis of `to` its place in `from`: what a transposition takes. */
export function permutation(from: readonly Axis[], to: readonly Axis[]): number[] {
  return to.map((axis) => from.indexOf(axis));
}
