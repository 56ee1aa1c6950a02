/** @file Tables. */
import type { Ratio } from './statistics';

/** A Markdown table whose columns are as wide as they must be; all but the first to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Three digits that count. */
export function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

/** `2.31 (2.2 to 2.4)`. */
export function showRatio({ median, least, most }: Ratio): string {
  return `${short(median)} (${short(least)} to ${short(most)})`;
}
