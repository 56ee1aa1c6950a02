/**
 * @file Where to look: before training a model is so bad that on an axis from there on all later
 * values lie on one line. Then the axis shows the later ones, and the title tells the first.
 */
import type { Point } from './points';

/** Ends of the y axis; null for what the data have. */
export interface Focus {
  low: number | null;
  high: number | null;
  /** What is beyond the axis, in words. */
  note: string;
}

/** How much larger the whole range has to be than that of the later values. */
const FAR = 3;
/** Room above and below the later values, as a share of their range. */
const MARGIN = 0.06;

type Range = readonly [low: number, high: number];

function rangeOf(points: readonly Point[]): Range {
  return points.reduce<Range>(
    ([low, high], { y }) => (y === null ? [low, high] : [Math.min(low, y), Math.max(high, y)]),
    [Infinity, -Infinity],
  );
}

/** A range to three digits. */
function inWords([low, high]: Range): string {
  const words = [low, high].map((value) => String(Number(value.toPrecision(3))));
  return words[0] === words[1] ? words[0] : `${words[0]} to ${words[1]}`;
}

/**
 * The part of the y axis to show.
 * @param curves - The first point of each is from before training.
 * @returns Undefined to show all.
 */
export function focusOf(curves: readonly (readonly Point[])[]): Focus | undefined {
  if (curves.every((points) => points.length < 3)) return undefined;
  const start = rangeOf(curves.flatMap((points) => points.slice(0, 1)));
  const [low, high] = rangeOf(curves.flatMap((points) => points.slice(1)));
  const [least, most] = [Math.min(low, start[0]), Math.max(high, start[1])];
  const near = most - least <= FAR * (high - low);
  if (near || !(high > low) || !Number.isFinite(most - least)) return undefined;
  const margin = (high - low) * MARGIN;
  return {
    low: least < low ? low - margin : null,
    high: most > high ? high + margin : null,
    note: `starts at ${inWords(start)}`,
  };
}
