/**
 * @file The generator MT19937 with the two ways of seeding it that NumPy's RandomState has.
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, and their
 * `init_by_array` of 2002; the draws (doubles of 53 bits, integers by masked rejection) are those
 * of NumPy's legacy streams.
 */

const SIZE = 624;
const SHIFT = 397;
const TWO_26 = 67108864;
const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/** What tells where a stream is: the key as base64 of 624 little-endian uint32, and the position. */
export interface TwisterState {
  key: string;
  pos: number;
}

/** One stream of 32-bit integers with period 2^19937 - 1. */
export class MersenneTwister {
  private key = new Int32Array(SIZE);
  private pos = SIZE;

  /** Seeds by an integer from 0 to 2^32 - 1. */
  seed(seed: number): void {
    this.key[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const previous = this.key[i - 1];
      this.key[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.pos = SIZE;
  }

  /** Seeds by a list of such integers; `[5]` gives another stream than `5`. */
  seedByArray(seeds: readonly number[]): void {
    this.seed(19650218);
    const key = this.key;
    let i = 1;
    const advance = () => {
      if (++i < SIZE) return;
      key[0] = key[SIZE - 1];
      i = 1;
    };
    const mixed = (factor: number) => Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), factor);
    for (let step = 0, j = 0; step < Math.max(SIZE, seeds.length); step++) {
      key[i] = (key[i] ^ mixed(1664525)) + (seeds[j] | 0) + j;
      advance();
      j = (j + 1) % seeds.length;
    }
    for (let step = 1; step < SIZE; step++) {
      key[i] = (key[i] ^ mixed(1566083941)) - i;
      advance();
    }
    key[0] = 0x80000000;
  }

  /** The next integer, from 0 to 2^32 - 1. */
  nextUint32(): number {
    return this.next() >>> 0;
  }

  /** The next double in [0, 1), of 53 random bits: two integers of the stream. */
  nextDouble(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * TWO_26 + low) / TWO_53;
  }

  /** An integer from 0 to `max` (at most 2^53 - 1), both included; draws nothing when `max` is 0. */
  interval(max: number): number {
    if (max === 0) return 0;
    return max < TWO_32 ? this.shortInterval(max) : this.longInterval(max);
  }

  getState(): TwisterState {
    const bytes = Buffer.from(this.key.buffer, this.key.byteOffset, this.key.byteLength);
    return { key: bytes.toString('base64'), pos: this.pos };
  }

  /** @throws RangeError when the state is not one that `getState` gave. */
  setState({ key, pos }: TwisterState): void {
    const bytes = Uint8Array.from(Buffer.from(key, 'base64'));
    if (bytes.length !== SIZE * 4 || !Number.isInteger(pos) || pos < 0 || pos > SIZE) {
      throw new RangeError(`not a state of MT19937: ${bytes.length} bytes, position ${pos}`);
    }
    this.key = new Int32Array(bytes.buffer);
    this.pos = pos;
  }

  private next(): number {
    if (this.pos === SIZE) this.twist();
    let y = this.key[this.pos++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private twist(): void {
    const key = this.key;
    for (let i = 0; i < SIZE; i++) {
      const y = (key[i] & 0x80000000) | (key[i + 1 < SIZE ? i + 1 : 0] & 0x7fffffff);
      const far = key[i < SIZE - SHIFT ? i + SHIFT : i + SHIFT - SIZE];
      key[i] = far ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    this.pos = 0;
  }

  private shortInterval(max: number): number {
    const mask = maskOver(max);
    let value = (this.next() & mask) >>> 0;
    while (value > max) value = (this.next() & mask) >>> 0;
    return value;
  }

  private longInterval(max: number): number {
    const mask = maskOver(Math.floor(max / TWO_32));
    for (;;) {
      const high = (this.next() & mask) >>> 0;
      const value = high * TWO_32 + this.nextUint32();
      if (value <= max) return value;
    }
  }
}

/** All bits up to the highest one of a positive 32-bit integer. */
function maskOver(max: number): number {
  return -1 >>> Math.clz32(max);
}
