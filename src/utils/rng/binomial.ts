/**
 * @file Binomial draws as in NumPy's legacy streams: inversion for small means, otherwise the
 * algorithm BTPE of V. Kachitvichyanukul and B. W. Schmeiser, "Binomial random variate
 * generation", CACM 31(2), 1988.
 */
import type { MersenneTwister } from './mersenne_twister';

/** Mean up to which inversion is used. */
const SMALL_MEAN = 30;

/** Makes a function that draws the number of successes in `n` trials of probability `p`. */
export function binomialSampler(twister: MersenneTwister, n: number, p: number): () => number {
  if (n === 0 || p === 0) return () => 0;
  if (p > 0.5) {
    const failures = binomialSampler(twister, n, 1 - p);
    return () => n - failures();
  }
  return p * n <= SMALL_MEAN ? byInversion(twister, n, p) : byRejection(twister, n, p);
}

function byInversion(twister: MersenneTwister, n: number, p: number): () => number {
  const q = 1 - p;
  const none = Math.exp(n * Math.log(q));
  const mean = n * p;
  const bound = Math.floor(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  return () => {
    let count = 0;
    let chance = none;
    let u = twister.nextDouble();
    while (u > chance) {
      count++;
      if (count > bound) {
        count = 0;
        chance = none;
        u = twister.nextDouble();
      } else {
        u -= chance;
        chance = ((n - count + 1) * p * chance) / (count * q);
      }
    }
    return count;
  };
}

/** The hat function of BTPE: a triangle, two parallelograms and two exponential tails. */
interface Hat {
  n: number;
  p: number;
  q: number;
  mode: number;
  /** Middle, left and right end of the triangle. */
  middle: number;
  left: number;
  right: number;
  /** Height of the parallelograms. */
  c: number;
  /** Rates of the tails. */
  leftRate: number;
  rightRate: number;
  /** Areas, summed up: triangle, parallelograms, left tail, right tail. */
  areas: readonly [number, number, number, number];
}

function makeHat(n: number, p: number): Hat {
  const q = 1 - p;
  const peak = n * p + p;
  const mode = Math.floor(peak);
  const half = Math.floor(2.195 * Math.sqrt(n * p * q) - 4.6 * q) + 0.5;
  const middle = mode + 0.5;
  const [left, right] = [middle - half, middle + half];
  const c = 0.134 + 20.5 / (15.3 + mode);
  const leftSlope = (peak - left) / (peak - left * p);
  const leftRate = leftSlope * (1 + leftSlope / 2);
  const rightSlope = (right - peak) / (right * q);
  const rightRate = rightSlope * (1 + rightSlope / 2);
  const body = half * (1 + 2 * c);
  const withLeft = body + c / leftRate;
  const areas = [half, body, withLeft, withLeft + c / rightRate] as const;
  return { n, p, q, mode, middle, left, right, c, leftRate, rightRate, areas };
}

function byRejection(twister: MersenneTwister, n: number, p: number): () => number {
  const hat = makeHat(n, p);
  const [triangle, , , all] = hat.areas;
  return () => {
    for (;;) {
      const u = twister.nextDouble() * all;
      const v = twister.nextDouble();
      if (u <= triangle) return Math.floor(hat.middle - triangle * v + u);
      const [y, height] = propose(hat, u, v);
      if (y >= 0 && y <= n && accepts(hat, y, height)) return y;
    }
  };
}

/** A candidate from outside the triangle, -1 for none, and its height below the hat. */
function propose(hat: Hat, u: number, v: number): [number, number] {
  const [triangle, body, withLeft] = hat.areas;
  if (u <= body) {
    const x = hat.left + (u - triangle) / hat.c;
    const height = v * hat.c + 1 - Math.abs(hat.mode - x + 0.5) / triangle;
    return [height > 1 ? -1 : Math.floor(x), height];
  }
  if (u <= withLeft) {
    const y = Math.floor(hat.left + Math.log(v) / hat.leftRate);
    return [y, v * (u - body) * hat.leftRate];
  }
  const y = Math.floor(hat.right - Math.log(v) / hat.rightRate);
  return [y, v * (u - withLeft) * hat.rightRate];
}

function accepts(hat: Hat, y: number, height: number): boolean {
  const k = Math.abs(y - hat.mode);
  const variance = hat.n * hat.p * hat.q;
  const far = k > 20 && k < variance / 2 - 1;
  return far ? squeezed(hat, y, Math.log(height)) : height <= ratioToMode(hat, y);
}

/** Step 5.1: the probability of y over that of the mode, by recursion. */
function ratioToMode({ n, p, q, mode }: Hat, y: number): number {
  const s = p / q;
  const a = s * (n + 1);
  let ratio = 1;
  for (let i = mode + 1; i <= y; i++) ratio *= a / i - s;
  for (let i = y + 1; i <= mode; i++) ratio /= a / i - s;
  return ratio;
}

/** Steps 5.2 and 5.3: bounds that mostly decide, then Stirling's formula. */
function squeezed({ n, p, q, mode, middle }: Hat, y: number, logHeight: number): boolean {
  const k = Math.abs(y - mode);
  const variance = n * p * q;
  const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const t = (-k * k) / (2 * variance);
  if (logHeight < t - rho) return true;
  if (logHeight > t + rho) return false;
  const [x1, f1, z, w] = [y + 1, mode + 1, n + 1 - mode, n - y + 1];
  const bound =
    middle * Math.log(f1 / x1) +
    (n - mode + 0.5) * Math.log(z / w) +
    (y - mode) * Math.log((w * p) / (x1 * q));
  return logHeight <= bound + stirling(f1) + stirling(z) + stirling(x1) + stirling(w);
}

/** What Stirling's formula leaves of log x!. */
function stirling(x: number): number {
  const square = x * x;
  const series = 13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square;
  return series / x / 166320;
}
