/** @file Arrays of plain objects as tables: a row for each object, a column for each of their keys. */
import { inspect } from 'node:util';
import type { MimeBundle } from '../src/utils/display';
import { htmlTable } from '../src/utils/html';

type Row = Readonly<Record<string, unknown>>;

/** Rows and columns that are shown at most. */
const [ROWS, COLUMNS] = [50, 20];
/** Characters of a cell that are shown at most. */
const WIDTH = 80;

function isRow(value: unknown): value is Row {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is rows of a table. */
export function isTable(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(isRow) && value.some((row) => Object.keys(row).length > 0);
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  const text =
    typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}

/** How rows show themselves; long tables in part, with a word on how much there is. */
export function tableBundle(rows: readonly Row[]): MimeBundle {
  const keys = [...new Set(rows.flatMap((one) => Object.keys(one)))];
  const columns = keys.slice(0, COLUMNS);
  const body = rows.slice(0, ROWS).map((one) => columns.map((key) => cellOf(one[key])));
  const whole = rows.length <= ROWS && keys.length <= COLUMNS;
  const size = whole ? '' : `<p>${rows.length} rows, ${keys.length} columns</p>`;
  return {
    'text/html': htmlTable(columns, body) + size,
    'text/plain': inspect(rows),
  };
}
