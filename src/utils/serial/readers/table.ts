/** @file Numbers in text: .csv, .txt, .amat; one row a line, as numpy.loadtxt reads them. */
import { DataError } from '../../errors';
import { NdArray } from '../../nd_array';

export interface TableOptions {
  /** Whether a first line without a number is a header, to be passed over. */
  header: boolean;
}

const NUMBER = /^[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|inf(inity)?|nan)$/i;

/**
 * Reads numbers that commas, semicolons, tabs or blanks keep apart; `#` starts a comment.
 * @returns float64 [rows, columns]; of one row or one column only, one axis.
 * @throws {@link DataError} naming the line: not a number, or a row of another length.
 */
export function readTable(bytes: Uint8Array, { header }: TableOptions): NdArray {
  const lines = new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(/\r\n|\r|\n/);
  const rows = lines
    .map((line, i) => ({ cells: splitLine(line), line: i + 1 }))
    .filter(({ cells }) => cells.length > 0);
  if (header && rows[0]?.cells.every((cell) => !NUMBER.test(cell)) === true) rows.shift();
  if (rows.length === 0) throw new DataError('it holds no numbers');
  const columns = rows[0].cells.length;
  const numbers = new Float64Array(rows.length * columns);
  rows.forEach(({ cells, line }, row) => {
    if (cells.length !== columns) {
      throw new DataError(`line ${line} has ${cells.length} numbers, those before have ${columns}`);
    }
    cells.forEach((cell, column) => {
      numbers[row * columns + column] = parseNumber(cell, line);
    });
  });
  return new NdArray(
    numbers,
    [rows.length, columns].filter((size) => size > 1),
  );
}

function splitLine(line: string): string[] {
  const text = line.replace(/#.*/, '').trim();
  if (text === '') return [];
  return /[,;]/.test(text) ? text.split(/[,;]/).map((cell) => cell.trim()) : text.split(/\s+/);
}

function parseNumber(cell: string, line: number): number {
  if (!NUMBER.test(cell)) {
    throw new DataError(`line ${line}: expected a number, received ${JSON.stringify(cell)}`);
  }
  const word = /^([+-]?)(inf|nan)/i.exec(cell);
  if (word === null) return Number(cell);
  if (word[2].toLowerCase() === 'nan') return NaN;
  return word[1] === '-' ? -Infinity : Infinity;
}
