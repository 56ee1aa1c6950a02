/**
 * @file The draws of TensorFlow's `StatelessRandomUniform`, in JavaScript, for engines without it.
 * Philox 4x32 with ten rounds (Salmon et al. 2011); the seeds are scrambled by one block first, as
 * TensorFlow does, so that weak seeds serve.
 */

type Block = [number, number, number, number];

const ROUNDS = 10;
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

function multiply(a: number, b: number): [high: number, low: number] {
  const product = BigInt(a) * BigInt(b);
  return [Number(product >> 32n), Number(product & 0xffffffffn)];
}

function philox(counter: Readonly<Block>, key: readonly [number, number]): Block {
  let [a, b, c, d] = counter;
  let [left, right] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiply(MULTIPLIERS[0], a);
    const [high1, low1] = multiply(MULTIPLIERS[1], c);
    [a, b, c, d] = [(high1 ^ b ^ left) >>> 0, low1, (high0 ^ d ^ right) >>> 0, low0];
    left = (left + WEYL[0]) >>> 0;
    right = (right + WEYL[1]) >>> 0;
  }
  return [a, b, c, d];
}

/**
 * Numbers from [0, 1).
 * @param size - How many.
 * @param seed0 - First word of the seed.
 * @param seed1 - Second word of the seed: the counter of a stream.
 */
export function philoxUniform(size: number, seed0: number, seed1: number): Float32Array {
  const sign = (word: number) => (word < 0 ? 0xffffffff : 0);
  const seeds: Block = [seed0 >>> 0, sign(seed0), seed1 >>> 0, sign(seed1)];
  const [key0, key1, high0, high1] = philox(seeds, SCRAMBLE_KEY);
  const bits = new Uint32Array(size);
  for (let block = 0; 4 * block < size; block++) {
    const words = philox([block, 0, high0, high1], [key0, key1]);
    for (let i = 0; i < 4 && 4 * block + i < size; i++) {
      // The 23 low bits become the mantissa of a number in [1, 2).
      bits[4 * block + i] = (words[i] & 0x7fffff) | 0x3f800000;
    }
  }
  return new Float32Array(bits.buffer).map((value) => value - 1);
}
