/**
 * @file MATLAB's .mat files of version 5 (to MATLAB 7). Source: The MathWorks, "MAT-File Format",
 * chapter 1. Those of version 7.3 are HDF5 and read as such.
 */
import { inflateSync } from 'node:zlib';
import { DataError } from '../../errors';
import { bytesOf, fromBytes, NdArray, sizeOf, type DType, type Nested } from '../../nd_array';
import { ByteReader } from '../byte_reader';
import { eachRowMajor, nest, toRowMajor } from './order';

/** What a variable can be: numbers, a text or lines of it, a cell array, a struct or many. */
export type MatValue = NdArray | string | Nested<unknown> | Record<string, unknown>;

const HEADER = 128;
const MATRIX = 14;
const COMPRESSED = 15;
const storage = new Map<number, DType>([
  [1, 'int8'],
  [2, 'uint8'],
  [3, 'int16'],
  [4, 'uint16'],
  [5, 'int32'],
  [6, 'uint32'],
  [7, 'float32'],
  [9, 'float64'],
  [12, 'int64'],
  [13, 'uint64'],
  [16, 'uint8'], // UTF-8
  [17, 'uint16'], // UTF-16
]);
const UTF8 = 16;
const [CELL, STRUCT, CHAR] = [1, 2, 4];
const classes = new Map<number, DType>([
  [6, 'float64'],
  [7, 'float32'],
  [8, 'int8'],
  [9, 'uint8'],
  [10, 'int16'],
  [11, 'uint16'],
  [12, 'int32'],
  [13, 'uint32'],
  [14, 'int64'],
  [15, 'uint64'],
]);
const unreadable: Record<number, string | undefined> = {
  3: 'an object',
  5: 'a sparse matrix',
  16: 'a function',
  17: 'an object',
};
const LOGICAL = 0x200;
const COMPLEX = 0x800;

/** Whether bytes begin as a .mat file of version 5. */
export function isMat(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 10)).toString('latin1') === 'MATLAB 5.0';
}

/** @returns The variables by name. @throws {@link DataError} when the file is damaged. */
export function readMat(bytes: Uint8Array): Record<string, MatValue> {
  if (bytes.length < HEADER) throw new DataError('cut short: its header is not whole');
  const littleEndian = bytes[126] === 0x49; // "IM"; "MI" on big-endian machines
  const reader = new ByteReader(bytes, HEADER, littleEndian);
  const variables: [string, MatValue][] = [];
  while (reader.left > 0) {
    const element = readElement(reader);
    const matrix =
      element.type === COMPRESSED ? readElement(inflate(element.body, littleEndian)) : element;
    if (matrix.type !== MATRIX) throw new DataError(`damaged: element of type ${matrix.type}`);
    variables.push(readMatrix(matrix.body));
  }
  // Without a name: what MATLAB keeps for itself.
  return Object.fromEntries(variables.filter(([name]) => name !== ''));
}

interface Element {
  type: number;
  body: ByteReader;
}

/** A tag and what it announces; short elements have both in eight bytes. */
function readElement(reader: ByteReader): Element {
  const word = reader.uint32();
  const isShort = word > 0xffff;
  const type = word & 0xffff;
  const length = isShort ? word >>> 16 : reader.uint32();
  if (isShort && length > 4) throw new DataError('damaged: a short element that is long');
  const body = new ByteReader(reader.take(length), 0, reader.littleEndian);
  const padding = isShort ? 4 - length : (8 - (length % 8)) % 8;
  if (type !== COMPRESSED) reader.take(Math.min(padding, reader.left));
  return { type, body };
}

function inflate(body: ByteReader, littleEndian: boolean): ByteReader {
  return new ByteReader(inflateSync(body.take(body.left)), 0, littleEndian);
}

function readMatrix(reader: ByteReader): [name: string, value: MatValue] {
  if (reader.left === 0) return ['', new NdArray(new Float64Array(0), [0, 0])];
  const flags = readElement(reader).body.uint32();
  const shape = [...numbersOf(readElement(reader)).toInt32()];
  const name = readText(readElement(reader).body);
  const kind = flags & 0xff;
  const trouble = (flags & COMPLEX) !== 0 ? 'complex' : unreadable[kind];
  if (trouble !== undefined) throw new DataError(`its variable \`${name}\` is ${trouble}`);
  if (kind === CHAR) return [name, readChars(readElement(reader), shape)];
  if (kind === CELL) return [name, arrange(readCells(reader, sizeOf(shape)), shape)];
  if (kind === STRUCT) return [name, readStructs(reader, shape)];
  const dtype = classes.get(kind);
  if (dtype === undefined) throw new DataError(`damaged: variable \`${name}\` of class ${kind}`);
  const isLogical = (flags & LOGICAL) !== 0;
  return [name, toRowMajor(convert(numbersOf(readElement(reader)), shape, dtype, isLogical))];
}

function numbersOf({ type, body }: Element): NdArray {
  const dtype = storage.get(type);
  if (dtype === undefined) throw new DataError(`damaged: numbers of type ${type}`);
  const bytes = body.take(body.left);
  const count = bytes.length / bytesOf(dtype);
  if (!Number.isInteger(count)) throw new DataError('damaged: numbers that are not whole');
  return fromBytes(dtype, [count], bytes, !body.littleEndian);
}

/** MATLAB stores numbers as narrowly as they allow, whatever the class of the variable. */
function convert(stored: NdArray, shape: number[], dtype: DType, isLogical: boolean): NdArray {
  if (stored.size !== sizeOf(shape)) {
    throw new DataError(`damaged: ${sizeOf(shape)} numbers expected, ${stored.size} are there`);
  }
  const wide = fromBytes(dtype, shape, new Uint8Array(stored.size * bytesOf(dtype)));
  const isBig = dtype === 'int64' || dtype === 'uint64';
  stored.data.forEach((value: number | bigint, i: number) => {
    wide.data[i] = isBig ? BigInt(value) : Number(value);
  });
  return isLogical && dtype === 'uint8' ? new NdArray(wide.data, shape, 'bool') : wide;
}

function readText(body: ByteReader): string {
  return Buffer.from(body.take(body.left)).toString('latin1').replace(/\0.*$/s, '');
}

/** One row is a text, several are a list of them. */
function readChars(element: Element, shape: number[]): string | string[] {
  if (element.type === UTF8) {
    const text = Buffer.from(element.body.take(element.body.left)).toString();
    return splitRows([...text], shape);
  }
  const codes = [...numbersOf(element).toInt32()];
  return splitRows(
    codes.map((code) => String.fromCharCode(code)),
    shape,
  );
}

function splitRows(
  characters: readonly string[],
  [rows, columns = 0]: number[],
): string | string[] {
  if (characters.length !== rows * columns)
    throw new DataError('damaged: a text of another length');
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => characters[column * rows + row]).join(''),
  );
  return lines.length <= 1 ? (lines[0] ?? '') : lines;
}

function readCells(reader: ByteReader, count: number): MatValue[] {
  const cells: MatValue[] = [];
  for (let i = 0; i < count; i++) cells.push(readInner(reader));
  return cells;
}

function readInner(reader: ByteReader): MatValue {
  const { type, body } = readElement(reader);
  if (type !== MATRIX) throw new DataError(`damaged: element of type ${type} in a cell or struct`);
  return readMatrix(body)[1];
}

function readStructs(reader: ByteReader, shape: number[]): MatValue {
  const length = readElement(reader).body.int32();
  const names = readElement(reader).body;
  if (length < 1) throw new DataError('damaged: a struct whose names have no length');
  const fields = Array.from({ length: Math.floor(names.left / length) }, () =>
    readText(new ByteReader(names.take(length))),
  );
  const structs: Record<string, unknown>[] = [];
  for (let i = 0; i < sizeOf(shape); i++) {
    structs.push(Object.fromEntries(fields.map((field) => [field, readInner(reader)])));
  }
  return structs.length === 1 ? structs[0] : arrange(structs, shape);
}

/** A list when all but one axis are 1, else lists of lists. */
function arrange(columnMajor: readonly unknown[], shape: readonly number[]): Nested<unknown> {
  const items = columnMajor.slice();
  eachRowMajor(shape, (from, to) => (items[to] = columnMajor[from]));
  return shape.filter((size) => size !== 1).length <= 1 ? items : nest(items, shape);
}
