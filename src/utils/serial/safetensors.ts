/**
 * @file Files of named tensors in the safetensors format, written and read. Source: the format's
 * description in huggingface/safetensors (README, "Format"). Half-precision numbers are read as
 * float32; none are written.
 */
import { DataError } from '../errors';
import { bytesIn, bytesOf, fromBytes, sizeOf, type DType, type NdArray } from '../nd_array';
import { expandHalf, type HalfKind } from './half';

/** What a file holds. */
export interface Safetensors {
  tensors: Map<string, NdArray>;
  /** Free text that goes with them. */
  metadata: Record<string, string>;
}

interface Entry {
  name: string;
  code: string;
  shape: number[];
  begin: number;
  end: number;
}

const codes: Record<DType, string> = {
  float64: 'F64',
  float32: 'F32',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint64: 'U64',
  uint32: 'U32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
};
const dtypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));
const halves = new Map<string, HalfKind>([
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
]);

/** Longest header that readers of the format take. */
const MAX_HEADER = 100_000_000;
const ALIGNMENT = 8;

/** The bytes of a file, in pieces to be written one after another. */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array[] {
  // Wide numbers first: then every tensor begins at a multiple of its width.
  const sorted = [...tensors].sort(([, a], [, b]) => bytesOf(b.dtype) - bytesOf(a.dtype));
  const entries: [string, unknown][] = [['__metadata__', metadata]];
  let offset = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    const end = offset + data.byteLength;
    entries.push([name, { dtype: codes[dtype], shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  return [...headerBytes(entries), ...sorted.map(([, { data }]) => bytesIn(data))];
}

/** Whether a file begins as one of this format. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return false;
  const length = headerLength(bytes);
  return length >= 2 && length <= MAX_HEADER;
}

/**
 * Reads a whole file; the tensors own their numbers.
 * @throws {@link DataError} saying what is wrong with it.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (!isSafetensors(bytes)) throw new DataError('not a safetensors file');
  const start = 8 + headerLength(bytes);
  if (start > bytes.length) throw new DataError(`cut short: its header alone has ${start} bytes`);
  const { __metadata__: metadata, ...rest } = parseHeader(bytes.subarray(8, start));
  const entries = Object.entries(rest).map(([name, entry]) => parseEntry(name, entry));
  const block = bytes.subarray(start);
  checkLayout(entries, block.length);
  const tensors = new Map(entries.map((entry) => [entry.name, readTensor(entry, block)]));
  return { tensors, metadata: parseMetadata(metadata) };
}

function headerBytes(entries: [string, unknown][]): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  if (text.length > MAX_HEADER - ALIGNMENT) {
    throw new DataError(`its description would take ${text.length} bytes, the format takes 100 MB`);
  }
  const padding = Buffer.alloc((ALIGNMENT - (text.length % ALIGNMENT)) % ALIGNMENT, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length + padding.length));
  return [length, text, padding];
}

function headerLength(bytes: Uint8Array): number {
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64LE());
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DataError('its header is damaged', { cause });
  }
}

function parseMetadata(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  const isText = (value: unknown) => typeof value === 'string';
  if (!isRecord(metadata) || !Object.values(metadata).every(isText)) {
    throw new DataError('its __metadata__ is not a map of strings');
  }
  return metadata as Record<string, string>;
}

function parseEntry(name: string, entry: unknown): Entry {
  const fields: Record<string, unknown> = isRecord(entry) ? entry : {};
  const { dtype, shape, data_offsets: offsets } = fields;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw new DataError(`the entry of tensor \`${name}\` is damaged`);
  }
  const [begin, end] = offsets;
  const expected = sizeOf(shape) * widthOf(name, dtype);
  if (end - begin !== expected) {
    throw new DataError(
      `tensor \`${name}\` should take ${expected} bytes, it takes ${end - begin}`,
    );
  }
  return { name, code: dtype, shape, begin, end };
}

function widthOf(name: string, code: string): number {
  const dtype = dtypes.get(code);
  if (dtype !== undefined) return bytesOf(dtype);
  if (halves.has(code)) return 2;
  throw new DataError(`tensor \`${name}\` has the unknown dtype ${JSON.stringify(code)}`);
}

/** The format wants the tensors to fill the block without holes and without overlap. */
function checkLayout(entries: readonly Entry[], length: number): void {
  let offset = 0;
  for (const { name, begin, end } of [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin < offset) throw new DataError(`tensor \`${name}\` overlaps another`);
    if (begin > offset) throw new DataError(`there is a hole before tensor \`${name}\``);
    offset = end;
  }
  if (offset > length)
    throw new DataError(`cut short: ${offset - length} bytes of data are missing`);
  if (offset < length) throw new DataError(`${length - offset} bytes follow its last tensor`);
}

function readTensor({ code, shape, begin, end }: Entry, block: Uint8Array): NdArray {
  const bytes = block.subarray(begin, end);
  const half = halves.get(code);
  return half === undefined
    ? fromBytes(dtypes.get(code) as DType, shape, bytes)
    : expandHalf(half, shape, bytes);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
