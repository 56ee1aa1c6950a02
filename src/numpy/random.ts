/**
 * @file What Pylearn2's experiments name of numpy.random. Differs: NumPy's own stream starts anew in
 * every process; here it starts at one seed, so that an experiment can be repeated.
 */
import { z } from 'zod';
import { NdArray } from '../utils/nd_array';
import { nameable, optionsOf } from '../utils/options';
import { makeRng, RandomState as Generator, type Seed, type Size } from '../utils/rng';

/** The stream that the functions share. */
const stream = new Generator(0);

const length = z.number().int().nonnegative();
const size = z.union([length, z.array(length)]).transform((value): number[] => [value].flat());

export interface RandomStateOptions {
  /** Integer or list of integers, from 0 to 2^32 - 1; without one it is that of `makeRng`. */
  seed?: Seed | null;
}

/** A generator of its own. */
export const RandomState = nameable(
  optionsOf<RandomStateOptions>()({ seed: z.custom<Seed | null>().optional() }),
  'numpy.random.RandomState',
  ({ seed }) => makeRng(seed),
);

export interface NormalOptions {
  /** Mean. */
  loc?: number;
  /** Standard deviation. */
  scale?: number;
  /** Length, or lengths of the axes. */
  size: Size;
}

/** Normal draws, float64. */
export const normal = nameable(
  optionsOf<NormalOptions>()({
    loc: z.number().default(0),
    scale: z.number().nonnegative().default(1),
    size: size as z.ZodType<number[], Size>,
  }),
  'numpy.random.normal',
  ({ loc, scale, size }) => new NdArray(stream.normal(loc, scale, size), size),
);

export interface UniformOptions {
  low?: number;
  /** The end, not included. */
  high?: number;
  /** Length, or lengths of the axes. */
  size: Size;
}

/** Uniform draws, float64. */
export const uniform = nameable(
  optionsOf<UniformOptions>()({
    low: z.number().default(0),
    high: z.number().default(1),
    size: size as z.ZodType<number[], Size>,
  }),
  'numpy.random.uniform',
  ({ low, high, size }) => new NdArray(stream.uniform(low, high, size), size),
);

export interface RandintOptions {
  low: number;
  /** The end, not included; without it draws are from 0 up to `low`. */
  high?: number | null;
  /** Length, or lengths of the axes. */
  size: Size;
}

/** Integers, int32. */
export const randint = nameable(
  optionsOf<RandintOptions>()({
    low: z.number().int(),
    high: z.number().int().nullish(),
    size: size as z.ZodType<number[], Size>,
  }),
  'numpy.random.randint',
  ({ low, high, size }) => new NdArray(stream.randint(low, high, size), size),
);
