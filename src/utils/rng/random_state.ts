/**
 * @file NumPy's RandomState: the same seed gives the same numbers, so that an experiment starts
 * from the weights, and sees the batches, that it had under Pylearn2.
 * Differs: a seed is required; draws of several numbers come as flat row-major typed arrays.
 * Where a logarithm enters (randn, normal) the last bit of a double may be another than NumPy's.
 */
import { z } from 'zod';
import { show, Tslearn2Error } from '../errors';
import { optionsOf, parseOptions } from '../options';
import { binomialSampler } from './binomial';
import { MersenneTwister, type TwisterState } from './mersenne_twister';

/** An integer from 0 to 2^32 - 1, or a list of such; a list of one gives another stream than the one. */
export type Seed = number | readonly number[];

/** How many numbers to draw: a length, or a shape whose product is the length. */
export type Size = number | readonly number[];

export interface RandomStateOptions {
  /** Integer or list of integers, from 0 to 2^32 - 1. */
  seed: Seed;
}

/** What {@link RandomState.getState} gives: goes through JSON unharmed. */
export interface RandomStateState extends TwisterState {
  hasGauss: boolean;
  cachedGaussian: number;
}

function isSeedWord(word: unknown): boolean {
  return Number.isInteger(word) && (word as number) >= 0 && (word as number) <= 0xffffffff;
}

function isSeed(seed: unknown): boolean {
  return Array.isArray(seed) ? seed.length > 0 && seed.every(isSeedWord) : isSeedWord(seed);
}

const schema = optionsOf<RandomStateOptions>()({
  seed: z.custom<Seed>(isSeed, {
    error: 'expected an integer from 0 to 4294967295 or a list of such integers',
  }),
});

/** A stream of random numbers. Two made from the same seed give the same numbers. */
export class RandomState {
  static readonly schema = schema;
  private readonly options: RandomStateOptions;
  private readonly twister = new MersenneTwister();
  private cached: number | undefined;

  /** `new RandomState(42)`, `new RandomState([2013, 1, 4])` or `new RandomState({ seed: 42 })`. */
  constructor(options: Seed | RandomStateOptions) {
    const named =
      typeof options === 'number' || Array.isArray(options) ? { seed: options } : options;
    this.options = parseOptions(schema, named as RandomStateOptions, 'utils.rng.RandomState');
    this.seed(this.options.seed);
  }

  /**
   * Starts the stream of a seed.
   * @throws OptionError when it is not an integer from 0 to 2^32 - 1 or a list of such.
   */
  seed(seed: Seed): void {
    parseOptions(schema, { seed }, 'utils.rng.RandomState.seed');
    if (typeof seed === 'number') this.twister.seed(seed);
    else this.twister.seedByArray(seed);
    this.cached = undefined;
  }

  /** Uniform doubles in [0, 1). */
  randomSample(): number;
  randomSample(size: Size): Float64Array;
  randomSample(size?: Size): number | Float64Array;
  randomSample(size?: Size): number | Float64Array {
    return this.doubles('randomSample', size, () => this.twister.nextDouble());
  }

  /** The same, the size given as one argument per axis. */
  rand(): number;
  rand(...shape: [number, ...number[]]): Float64Array;
  rand(...shape: number[]): number | Float64Array {
    return this.randomSample(sizeOf(shape));
  }

  /** Uniform doubles in [low, high). */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: Size): Float64Array;
  uniform(low?: number, high?: number, size?: Size): number | Float64Array;
  uniform(low = 0, high = 1, size?: Size): number | Float64Array {
    const range = high - low;
    if (!Number.isFinite(range)) fail('uniform', 'finite ends', [low, high]);
    return this.doubles('uniform', size, () => low + range * this.twister.nextDouble());
  }

  /** Normal draws of mean 0 and deviation 1, the size given as one argument per axis. */
  randn(): number;
  randn(...shape: [number, ...number[]]): Float64Array;
  randn(...shape: number[]): number | Float64Array {
    return this.doubles('randn', sizeOf(shape), () => this.gauss());
  }

  /** Normal draws of mean `loc` and standard deviation `scale`. */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: Size): Float64Array;
  normal(loc?: number, scale?: number, size?: Size): number | Float64Array;
  normal(loc = 0, scale = 1, size?: Size): number | Float64Array {
    if (!(scale >= 0)) fail('normal', 'scale >= 0', scale);
    return this.doubles('normal', size, () => loc + scale * this.gauss());
  }

  /**
   * Integers from `low` up to, not including, `high`; of one bound only: from 0 up to it.
   * @throws when there is none, or when an array is asked for and int32 cannot hold it.
   */
  randint(low: number, high?: number | null): number;
  randint(low: number, high: number | null | undefined, size: Size): Int32Array;
  randint(low: number, high?: number | null, size?: Size): number | Int32Array {
    const [from, to] = high === undefined || high === null ? [0, low] : [low, high];
    const span = to - 1 - from;
    if (![from, to, span].every(Number.isSafeInteger) || span < 0) {
      fail('randint', 'integers low < high', [from, to]);
    }
    if (size !== undefined && (from < -(2 ** 31) || to > 2 ** 31)) {
      fail('randint', 'bounds within int32 where a size is given', [from, to]);
    }
    return this.integers('randint', size, () => from + this.twister.interval(span));
  }

  /** Successes in `n` trials of probability `p` each. */
  binomial(n: number, p: number): number;
  binomial(n: number, p: number, size: Size): Int32Array;
  binomial(n: number, p: number, size?: Size): number | Int32Array {
    if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31) fail('binomial', 'an integer n >= 0', n);
    if (!(p >= 0 && p <= 1)) fail('binomial', 'p in [0, 1]', p);
    return this.integers('binomial', size, binomialSampler(this.twister, n, p));
  }

  /** Shuffles in place: the items of a list or the numbers of a typed array. */
  shuffle(items: { [index: number]: unknown; readonly length: number }): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.twister.interval(i);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }

  /** The integers below a number in random order, or a shuffled copy of a list. */
  permutation(count: number): Int32Array;
  permutation<T>(items: readonly T[]): T[];
  permutation<T>(items: number | readonly T[]): Int32Array | T[] {
    const mixed = typeof items === 'number' ? range(items) : [...items];
    this.shuffle(mixed);
    return mixed;
  }

  /** Where the stream is; {@link setState} goes on from there. */
  getState(): RandomStateState {
    const hasGauss = this.cached !== undefined;
    return { ...this.twister.getState(), hasGauss, cachedGaussian: this.cached ?? 0 };
  }

  /** @throws RangeError when the state is not one that {@link getState} gave. */
  setState(state: RandomStateState): void {
    this.twister.setState(state);
    this.cached = state.hasGauss ? state.cachedGaussian : undefined;
  }

  /** What another is made from, as far as its seed goes; {@link getState} tells the rest. */
  getConfig(): RandomStateOptions {
    return { ...this.options };
  }

  /** A stream of its own that goes on from here as this one does. */
  clone(): RandomState {
    const copy = new RandomState(this.options);
    copy.setState(this.getState());
    return copy;
  }

  /** Marsaglia's polar method: two draws at a time, of which the second is kept for the next call. */
  private gauss(): number {
    if (this.cached !== undefined) {
      const kept = this.cached;
      this.cached = undefined;
      return kept;
    }
    let x1: number, x2: number, square: number;
    do {
      x1 = 2 * this.twister.nextDouble() - 1;
      x2 = 2 * this.twister.nextDouble() - 1;
      square = x1 * x1 + x2 * x2;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.cached = factor * x1;
    return factor * x2;
  }

  private doubles(method: string, size: Size | undefined, draw: () => number) {
    return size === undefined ? draw() : fill(new Float64Array(lengthOf(method, size)), draw);
  }

  private integers(method: string, size: Size | undefined, draw: () => number) {
    return size === undefined ? draw() : fill(new Int32Array(lengthOf(method, size)), draw);
  }
}

function fill<T extends Float64Array | Int32Array>(numbers: T, draw: () => number): T {
  for (let i = 0; i < numbers.length; i++) numbers[i] = draw();
  return numbers;
}

function sizeOf(shape: readonly number[]): Size | undefined {
  return shape.length === 0 ? undefined : shape;
}

function lengthOf(method: string, size: Size): number {
  const axes = typeof size === 'number' ? [size] : size;
  if (!axes.every((axis) => Number.isInteger(axis) && axis >= 0)) {
    fail(method, 'a size of integers >= 0', size);
  }
  return axes.reduce((product, axis) => product * axis, 1);
}

function range(count: number): Int32Array {
  return Int32Array.from({ length: lengthOf('permutation', count) }, (_, i) => i);
}

function fail(method: string, expected: string, received: unknown): never {
  throw new Tslearn2Error(
    `utils.rng.RandomState.${method}: expected ${expected}, received ${show(received)}.`,
  );
}
