/**
 * @file Files of the idx format, as MNIST comes in. Port of pylearn2/utils/mnist_ubyte.py.
 * Differs: compressed files are read as well.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DataError, showShape } from '../utils/errors';

/** Bytes in a shape, row-major. */
export interface IdxArray {
  data: Uint8Array;
  shape: number[];
}

/** Third byte of the magic number: unsigned bytes. */
const UBYTE = 0x08;

/**
 * The bytes of a file that may be compressed with gzip.
 * @throws {@link DataError} when it is and is damaged.
 */
export function unpack(bytes: Buffer, where: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    // The last four bytes tell the size; one chunk of that size spares the joining of many.
    const size = bytes.length > 8 ? bytes.readUInt32LE(bytes.length - 4) : 0;
    return gunzipSync(bytes, { chunkSize: Math.min(Math.max(size, 1 << 14), 1 << 27) });
  } catch (error) {
    throw new DataError(`${where}: damaged gzip file (${(error as Error).message}).`);
  }
}

/**
 * Reads an array out of the bytes of an idx file, compressed or not.
 * @param where - Named in errors: the file.
 * @param axes - How many axes there must be: 3 for images, 1 for labels.
 * @throws {@link DataError} when the magic number is another, or bytes are missing or too many.
 */
export function parseIdx(compressed: Buffer, where: string, axes: number): IdxArray {
  const bytes = unpack(compressed, where);
  const header = 4 + 4 * axes;
  const magic = bytes.length >= 4 ? bytes.readUInt32BE(0) : -1;
  const expected = (UBYTE << 8) + axes;
  if (magic !== expected) {
    const came = magic < 0 ? `only ${bytes.length} bytes` : String(magic);
    throw new DataError(`${where}: expected magic number ${expected}, received ${came}.`);
  }
  const shape: number[] = [];
  for (let at = 4; at < header && at + 4 <= bytes.length; at += 4)
    shape.push(bytes.readUInt32BE(at));
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.length !== axes || bytes.length !== header + size) {
    throw new DataError(
      `${where}: expected ${header + size} bytes for ${showShape(shape)}, received ${bytes.length}.`,
    );
  }
  return { data: bytes.subarray(header), shape };
}

/** @throws {@link DataError} when the file cannot be read, or as {@link parseIdx}. */
export function readIdx(path: string, axes: number): IdxArray {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as Error).message}).`);
  }
  return parseIdx(bytes, path, axes);
}

/** The bytes of an idx file, uncompressed. */
export function encodeIdx({ data, shape }: IdxArray): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE((UBYTE << 8) + shape.length, 0);
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return Buffer.concat([header, data]);
}
