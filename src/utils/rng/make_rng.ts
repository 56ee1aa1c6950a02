/**
 * @file Generators from whatever an experiment gives. Port of pylearn2/utils/rng.py
 * (`make_np_rng`). Differs: `which_method` is not asked for, since every {@link RandomState} has
 * all methods.
 */
import { z } from 'zod';
import { nameable, optionsOf } from '../options';
import { RandomState, type Seed } from './random_state';

/** Seed where nobody gives one. */
const LAST_RESORT = 42;

/**
 * The generator itself if it is one; else a new one from the seed; else from the default seed;
 * else from 42.
 * @throws OptionError when a seed is not an integer from 0 to 2^32 - 1 or a list of such.
 */
export function makeRng(
  rngOrSeed?: RandomState | Seed | null,
  defaultSeed?: Seed | null,
): RandomState {
  if (rngOrSeed instanceof RandomState) return rngOrSeed;
  return new RandomState({ seed: rngOrSeed ?? defaultSeed ?? LAST_RESORT });
}

/** The zod type of a generator or of a seed to make one from; {@link makeRng} takes both. */
export const rngOption = z.custom<RandomState | Seed>(
  (value) => value instanceof RandomState || typeof value === 'number' || Array.isArray(value),
  { error: 'expected a RandomState or a seed' },
);

export interface MakeNpRngOptions {
  /** A generator, or an integer or list of integers to make one from. */
  rngOrSeed?: RandomState | Seed | null;
  /** The seed to fall back on. */
  defaultSeed?: Seed | null;
}

const schema = optionsOf<MakeNpRngOptions>()({
  rngOrSeed: z.custom<RandomState | Seed | null>().optional(),
  defaultSeed: z.custom<Seed | null>().optional(),
});

/** {@link makeRng} under the name, and with the options, that Pylearn2's YAML knows. */
export const makeNpRng = nameable(schema, 'utils.rng.makeNpRng', (options) =>
  makeRng(options.rngOrSeed, options.defaultSeed),
);
