/** @file A place in some bytes, which never moves beyond their end. */
import { DataError } from '../errors';

/** Reads numbers and pieces one after another. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    /** Where the next read begins. */
    public offset = 0,
    readonly littleEndian = true,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes are left. */
  get left(): number {
    return this.bytes.length - this.offset;
  }

  /** A piece, not copied. @throws {@link DataError} when fewer bytes are left. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), this.littleEndian);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), this.littleEndian);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), this.littleEndian);
  }

  /** @throws {@link DataError} when it is beyond 2^53, which no length or offset is. */
  uint64(): number {
    const value = Number(this.view.getBigUint64(this.advance(8), this.littleEndian));
    if (!Number.isSafeInteger(value)) throw new DataError(`damaged: a length of ${value}`);
    return value;
  }

  /** The text up to the next line feed, which is passed over. */
  line(): string {
    const end = this.bytes.indexOf(10, this.offset);
    if (end === -1) throw new DataError('cut short: a line does not end');
    const text = Buffer.from(this.take(end - this.offset)).toString('latin1');
    this.offset++;
    return text;
  }

  private advance(length: number): number {
    if (length > this.left) {
      throw new DataError(
        `cut short: ${length} bytes expected, ${Math.max(this.left, 0)} are left`,
      );
    }
    const start = this.offset;
    this.offset += length;
    return start;
  }
}
