/**
 * @file Handwritten-like digits, drawn by a program: what stands in for MNIST where that cannot
 * be had. The same numbers come out everywhere for the same seed.
 */
import { z } from 'zod';
import { nameable, optionsOf } from '../../utils/options';
import { RandomState, type Seed } from '../../utils/rng';
import { glyphs } from './glyphs';
import { write } from './pen';
import { render, SIDE } from './raster';

/** To be raised whenever other digits come out. */
export const VERSION = 1;

/** Images and what they show. */
export interface Digits {
  /** n x 784 bytes: 0 background, 255 full ink, row by row. */
  X: Uint8Array;
  /** n labels from 0 to 9. */
  y: Uint8Array;
}

export interface SyntheticDigitsOptions {
  /** How many digits. */
  n: number;
  /** Seed of all that is random; the first digits of a seed are the same for every n. */
  seed?: Seed;
}

const schema = optionsOf<SyntheticDigitsOptions>()({
  n: z.number().int().nonnegative(),
  seed: z.union([z.number(), z.array(z.number()).readonly()]).default(0),
});

/** Share of the ink that a pixel may lack. */
const GRAIN = 0.15;

function drawDigit(label: number, rng: RandomState): Float64Array {
  const ways = glyphs[label];
  const radius = 1.05 * Math.exp(0.32 * rng.randn());
  const softness = 0.55 + 0.4 * rng.rand();
  const path = write(ways[rng.randint(ways.length)], radius + softness, rng);
  return render(path, { radius, softness });
}

/**
 * Draws digits.
 * @returns The same for the same seed.
 */
export const syntheticDigits = nameable(
  schema,
  'datasets.synthetic_digits.syntheticDigits',
  ({ n, seed }): Digits => {
    const rng = new RandomState(seed);
    const X = new Uint8Array(n * SIDE * SIDE);
    const y = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      y[i] = rng.randint(10);
      const ink = drawDigit(y[i], rng);
      const offset = i * SIDE * SIDE;
      for (let pixel = 0; pixel < ink.length; pixel++) {
        if (ink[pixel] <= 0) continue;
        X[offset + pixel] = Math.round(255 * ink[pixel] * (1 - GRAIN * rng.rand()));
      }
    }
    return { X, y };
  },
);
