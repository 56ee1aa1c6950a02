/** @file From records to the points that are sent: smoothed, and few enough to be drawn quickly. */

/** One point of a curve; null where the value is no finite number, which breaks the line. */
export interface Point {
  x: number;
  y: number | null;
  /** The value before smoothing, when there is any. */
  raw?: number | null;
}

/** What one chart may send at most, all its curves together. */
export const MAX_POINTS = 2000;

/** Six digits are more than a chart can show; fewer bytes to send. */
function shorten(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

/**
 * The mean of each value with up to `width - 1` values before it. What is not finite stays as it
 * is and does not count in the means of others.
 */
export function smooth(values: readonly number[], width: number): number[] {
  if (width <= 1) return [...values];
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return value;
    const recent = values.slice(Math.max(0, i - width + 1), i + 1).filter(Number.isFinite);
    return recent.reduce((sum, each) => sum + each, 0) / recent.length;
  });
}

/** The points of one curve; with `raw` when they are smoothed. */
export function pointsOf(
  x: readonly number[],
  values: readonly number[],
  smoothing: number,
): Point[] {
  const smoothed = smooth(values, smoothing);
  return smoothed.map((value, i) => {
    const point: Point = { x: shorten(x[i]) ?? i, y: shorten(value) };
    return smoothing > 1 ? { ...point, raw: shorten(values[i]) } : point;
  });
}

/** The lowest and the highest point of some, in their order; the first when none is finite. */
function extremes(points: readonly Point[]): Point[] {
  let [low, high] = [-1, -1];
  points.forEach(({ y }, i) => {
    if (y === null) return;
    if (low < 0 || y < points[low].y!) low = i;
    if (high < 0 || y > points[high].y!) high = i;
  });
  if (low < 0) return points.slice(0, 1);
  if (low === high) return [points[low]];
  return low < high ? [points[low], points[high]] : [points[high], points[low]];
}

/**
 * At most `limit` points that look the same: the first, the last, and the lowest and highest of
 * each of equal stretches between.
 */
export function downsample(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const inner = points.slice(1, -1);
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const kept = Array.from({ length: stretches }, (_, i) => {
    const from = Math.floor((i * inner.length) / stretches);
    return extremes(inner.slice(from, Math.floor(((i + 1) * inner.length) / stretches)));
  });
  return [points[0], ...kept.flat(), points[points.length - 1]];
}
