/** @file Numbers from machines that are not quiet. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** A ratio as it was seen round by round. */
export interface Ratio {
  median: number;
  least: number;
  most: number;
}

/** What the numbers of one side are to those of another, measured in turns. */
export function ratioOf(numbers: readonly number[], to: readonly number[]): Ratio {
  const ratios = numbers.map((number, round) => number / to[round]);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
