/** @file How numbers are spread: counts in bins of equal width. Plain data. */

/** Counts of numbers in bins of equal width from `low` to `high`. */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
}

/** Counts finite numbers; all in the middle bin when they are equal. */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Array<number>(bins).fill(0);
  if (low > high) return { low: 0, high: 0, counts };
  const scale = high > low ? bins / (high - low) : 0;
  const start = scale === 0 ? Math.floor(bins / 2) : 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    counts[Math.min(bins - 1, start + Math.floor((values[i] - low) * scale))]++;
  }
  return { low, high, counts };
}

/** The same with every `factor` neighbouring bins as one. */
export function coarser({ low, high, counts }: Histogram, factor: number): Histogram {
  const merged = Array.from({ length: Math.ceil(counts.length / factor) }, (_, i) =>
    counts.slice(i * factor, (i + 1) * factor).reduce((sum, count) => sum + count, 0),
  );
  const width = (high - low) / counts.length;
  return { low, high: low + width * factor * merged.length, counts: merged };
}
