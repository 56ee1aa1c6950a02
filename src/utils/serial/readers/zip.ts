/**
 * @file Zip archives of .npy files (.npz), checked against the checksums that they carry. Source:
 * PKWARE's APPNOTE 6.3, sections 4.3 to 4.5. No library: those at hand do not look at checksums.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { DataError } from '../../errors';
import { ByteReader } from '../byte_reader';
import { readNpy } from './npy';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const FULL = 0xffffffff;

interface Member {
  name: string;
  method: number;
  checksum: number;
  packed: number;
  size: number;
  offset: number;
}

/** Whether bytes begin as an archive, maybe an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = new ByteReader(bytes).uint32();
  return magic === LOCAL || magic === END;
}

/** @returns What numpy.load gives: arrays by name. @throws {@link DataError} when it is damaged. */
export function readNpz(bytes: Uint8Array): Record<string, unknown> {
  const members = readDirectory(bytes).map((member) => {
    if (!member.name.endsWith('.npy')) {
      throw new DataError(`a zip archive that holds ${member.name}; only .npz is read`);
    }
    return [member.name.slice(0, -4), readNpy(unpack(bytes, member))] as const;
  });
  return Object.fromEntries(members);
}

function readDirectory(bytes: Uint8Array): Member[] {
  const end = findEnd(bytes);
  const reader = new ByteReader(bytes, end + 10);
  let count = reader.uint16();
  reader.uint32();
  let start = reader.uint32();
  if (count === 0xffff || start === FULL) [count, start] = readEnd64(bytes, end);
  const directory = new ByteReader(bytes, start);
  return Array.from({ length: count }, () => readMember(directory));
}

/** The record at the end, which a comment may follow. */
function findEnd(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1 || end + 22 > bytes.length) {
    throw new DataError('cut short: the archive has no directory');
  }
  return end;
}

function readEnd64(bytes: Uint8Array, end: number): [count: number, start: number] {
  const place = new ByteReader(bytes, Math.max(end - 12, 0)).uint64();
  const reader = new ByteReader(bytes, place);
  if (reader.uint32() !== END_64) throw new DataError('damaged: the directory of the archive');
  reader.take(28);
  const count = reader.uint64();
  reader.take(8);
  return [count, reader.uint64()];
}

function readMember(reader: ByteReader): Member {
  if (reader.uint32() !== CENTRAL) throw new DataError('damaged: the directory of the archive');
  reader.take(4);
  const flags = reader.uint16();
  if ((flags & 1) !== 0) throw new DataError('the archive is encrypted');
  const method = reader.uint16();
  reader.take(4);
  const checksum = reader.uint32();
  const [packed, size] = [reader.uint32(), reader.uint32()];
  const [nameLength, extraLength, commentLength] = [
    reader.uint16(),
    reader.uint16(),
    reader.uint16(),
  ];
  reader.take(8);
  const offset = reader.uint32();
  const name = Buffer.from(reader.take(nameLength)).toString();
  const extra = reader.take(extraLength);
  reader.take(commentLength);
  const [longSize, longPacked, longOffset] = widen(extra, [size, packed, offset]);
  return { name, method, checksum, packed: longPacked, size: longSize, offset: longOffset };
}

/** Fields that do not fit 32 bits stand in an extra record, in this order. */
function widen(extra: Uint8Array, fields: number[]): number[] {
  const reader = new ByteReader(extra);
  while (reader.left >= 4) {
    const [id, length] = [reader.uint16(), reader.uint16()];
    const body = new ByteReader(reader.take(length));
    if (id === 1) return fields.map((field) => (field === FULL ? body.uint64() : field));
  }
  return fields;
}

function unpack(bytes: Uint8Array, member: Member): Uint8Array {
  const { name, method, checksum, packed, size, offset } = member;
  const reader = new ByteReader(bytes, offset);
  if (reader.uint32() !== LOCAL) throw new DataError(`damaged: member ${name} is not at its place`);
  reader.take(22);
  const [nameLength, extraLength] = [reader.uint16(), reader.uint16()];
  const local = Buffer.from(reader.take(nameLength)).toString();
  if (local !== name)
    throw new DataError(`damaged: member ${name} is called ${local} at its place`);
  reader.take(extraLength);
  const body = reader.take(packed);
  if (method !== 0 && method !== 8)
    throw new DataError(`member ${name} is packed in an unknown way`);
  const content = method === 0 ? body : inflateRawSync(body);
  if (content.length !== size || crc32(content) !== checksum) {
    throw new DataError(`damaged: member ${name} does not fit its checksum`);
  }
  return content;
}
