/** @file Random numbers. Door of pylearn2.utils.rng. */
export {
  RandomState,
  type RandomStateOptions,
  type RandomStateState,
  type Seed,
  type Size,
} from './random_state';
export { makeNpRng, makeRng, type MakeNpRngOptions, rngOption } from './make_rng';
