/** @file From bytes to the numbers that models see. Port of pylearn2/datasets/mnist.py. */
import { RandomState } from '../../utils/rng';

/** Pixels of an image. */
export const PIXELS = 784;
/** The seed of Pylearn2's shuffling. */
const SHUFFLE_SEED = [1, 2, 3];

export interface FeatureOptions {
  binarize: boolean;
  center: boolean;
}

/**
 * Pylearn2's shuffled order: each example in turn changes places with one drawn from all.
 * @returns For each place the example that ends there.
 */
export function shuffledOrder(examples: number): Int32Array {
  const rng = new RandomState(SHUFFLE_SEED);
  const order = Int32Array.from({ length: examples }, (_, i) => i);
  for (let i = 0; i < examples; i++) {
    const j = rng.randint(examples);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The number for each byte. */
function scale(binarize: boolean): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const value = Math.fround(byte / 255);
    return binarize ? Number(value > 0.5) : value;
  });
}

/** Of each pixel, over all images. */
function pixelMeans(images: Uint8Array, values: Float32Array): Float64Array {
  const sums = new Float64Array(PIXELS);
  for (let at = 0; at < images.length; at += PIXELS) {
    for (let pixel = 0; pixel < PIXELS; pixel++) sums[pixel] += values[images[at + pixel]];
  }
  return sums.map((sum) => (sum * PIXELS) / images.length);
}

/**
 * The features of some examples.
 * @param images - All examples of the set, 784 bytes each: what is centred is centred by them.
 * @param chosen - Which examples, in which order.
 * @returns chosen.length x 784 numbers from 0 to 1, less the means of the pixels if centred.
 */
export function features(
  images: Uint8Array,
  chosen: Int32Array,
  { binarize, center }: FeatureOptions,
): Float32Array {
  const values = scale(binarize);
  const means = center ? pixelMeans(images, values) : undefined;
  const out = new Float32Array(chosen.length * PIXELS);
  chosen.forEach((example, row) => {
    const [from, to] = [example * PIXELS, row * PIXELS];
    for (let pixel = 0; pixel < PIXELS; pixel++) out[to + pixel] = values[images[from + pixel]];
    if (!means) return;
    for (let pixel = 0; pixel < PIXELS; pixel++) out[to + pixel] -= means[pixel];
  });
  return out;
}
