/** @file A few lines of a cell around a place, the line in question marked by an arrow. */
import { ansi } from './ansi';
import type { Place } from './mapping';

/** How much to show. */
export interface ExcerptShape {
  /** How many characters the mark below the line spans. */
  length?: number;
  /** How many lines before and after. */
  around?: number;
}

/** The lines, none if the place lies outside of the code. */
export function excerpt(
  code: string,
  { line, column }: Place,
  { length = 1, around = 1 }: ExcerptShape = {},
): string[] {
  const lines = code.split('\n');
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const gutter = `${String(number).padStart(width)} | `;
    const text = lines[number - 1];
    if (number !== line) {
      shown.push(ansi.grey(`  ${gutter}${text}`));
      continue;
    }
    shown.push(`${ansi.green('→')} ${gutter}${text}`);
    const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    const mark = ansi.red('^'.repeat(Math.max(1, Math.min(length, text.length - column + 1))));
    shown.push(`  ${' '.repeat(width)} | ${indent}${mark}`);
  }
  return shown;
}
