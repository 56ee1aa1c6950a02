/**
 * @file Draws of tfjs that name no seed. In place of JavaScript's generator they take a stream of
 * the engine, one for the process: functions that draw, e.g. a layer with noise, are compiled, draw
 * anew at each call, and give the same numbers in each process. Those with a seed are tfjs's own.
 */
import { RandomStream } from './random';
import * as tf from './tf';

/** Where those draws stand: for programs that save how far they came. */
export const processStream = new RandomStream(2013);

/** Integers below it are exact as float32. */
const EXACT = 2 ** 24;

/**
 * Numbers from [minval, maxval), owned by the caller; integers if the dtype is int32.
 * @param seed - With one each call gives the same numbers.
 */
export function randomUniform<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval = 0,
  maxval = 1,
  dtype: Parameters<typeof tf.randomUniform>[3] = 'float32',
  seed?: number | string,
): tf.Tensor<R> {
  const range = maxval - minval;
  const whole = dtype === 'int32' && range < EXACT && [minval, maxval].every(Number.isInteger);
  if (seed !== undefined || (dtype !== 'float32' && !whole)) {
    return tf.randomUniform(shape, minval, maxval, dtype, seed);
  }
  return tf.tidy(() => {
    const drawn = processStream.uniform([...shape]).mul(range);
    // The lower end is added as an integer: as float32 a large one would swallow what was drawn.
    return whole ? drawn.floor().cast('int32').add(tf.scalar(minval, 'int32')) : drawn.add(minval);
  }) as tf.Tensor<R>;
}

/**
 * Integers from [minval, maxval), int32, owned by the caller.
 * @param seed - With one each call gives the same numbers.
 */
export function randomUniformInt<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval: number,
  maxval: number,
  seed?: number | string,
): tf.Tensor<R> {
  return randomUniform(shape, minval, maxval, 'int32', seed);
}

/**
 * Normal numbers, owned by the caller.
 * @param seed - With one, other than 0, each call gives the same numbers.
 */
export function randomNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  mean = 0,
  stdDev = 1,
  dtype: Parameters<typeof tf.randomNormal>[3] = 'float32',
  seed?: number,
): tf.Tensor<R> {
  if (dtype !== 'float32' || seed) {
    return tf.randomNormal(shape, mean, stdDev, dtype, seed);
  }
  return tf.tidy(() => processStream.normal([...shape]).mul(stdDev).add(mean)); // prettier-ignore
}

/** Normal numbers of mean 0 and deviation 1, owned by the caller. */
export function randomStandardNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  dtype: Parameters<typeof tf.randomStandardNormal>[1] = 'float32',
  seed?: number,
): tf.Tensor<R> {
  return randomNormal(shape, 0, 1, dtype, seed);
}

/** Share of the normal distribution within two deviations. */
const WITHIN_TWO = 0.9544997361036416;

/** Coefficients of the inverse error function about the middle, highest power first. */
const INVERSE_ERF = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3,
  -4.17768164e-3, 0.246640727, 1.50140941,
];

/**
 * The inverse of the error function, for |x| below .9966; to 1e-6 of its value (Giles 2010,
 * "Approximating the erfinv function").
 */
function inverseErf(x: tf.Tensor): tf.Tensor {
  const w = x.square().neg().log1p().neg().sub(2.5);
  const [first, ...rest] = INVERSE_ERF;
  const start: tf.Tensor = tf.fill(x.shape, first);
  return rest.reduce((sum, coefficient) => sum.mul(w).add(coefficient), start).mul(x);
}

/**
 * Normal numbers of which those beyond two deviations are left out, owned by the caller.
 * @param seed - With one, other than 0, each call gives the same numbers.
 */
export function truncatedNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  mean = 0,
  stdDev = 1,
  dtype: Parameters<typeof tf.truncatedNormal>[3] = 'float32',
  seed?: number,
): tf.Tensor<R> {
  if (dtype !== 'float32' || seed) {
    return tf.truncatedNormal(shape, mean, stdDev, dtype, seed);
  }
  return tf.tidy(() => {
    const share = processStream
      .uniform([...shape])
      .mul(2)
      .sub(1)
      .mul(WITHIN_TWO);
    return inverseErf(share)
      .mul(Math.SQRT2 * stdDev)
      .add(mean);
  }) as tf.Tensor<R>;
}

/**
 * Draws outcomes, int32, owned by the caller.
 * @param logits - Unnormalised log-probabilities, [outcomes] or [batch, outcomes].
 * @param seed - With one, other than 0, each call gives the same outcomes.
 * @param normalized - Whether `logits` are probabilities instead.
 * @returns [numSamples] or [batch, numSamples].
 */
export function multinomial(
  logits: tf.Tensor1D | tf.Tensor2D | tf.TensorLike,
  numSamples: number,
  seed?: number,
  normalized = false,
): tf.Tensor1D | tf.Tensor2D {
  return tf.tidy(() => {
    const given = logits instanceof tf.Tensor ? logits : tf.tensor(logits);
    const outcomes = given.shape.at(-1) ?? 0;
    if (seed || outcomes < 2 || given.rank > 2) {
      return tf.multinomial(given as tf.Tensor2D, numSamples, seed, normalized);
    }
    const sums = (normalized ? given : tf.softmax(given)).cumsum(-1);
    const [borders, whole] = tf.split(sums, [outcomes - 1, 1], -1);
    // Of the whole, so that rounding gives nothing to a last outcome that is impossible.
    const drawn = processStream.uniform([...given.shape.slice(0, -1), numSamples]).mul(whole);
    // An outcome is how many of the borders between outcomes lie below the number drawn.
    return drawn.expandDims(-1).greaterEqual(borders.expandDims(-2)).sum(-1);
  }) as tf.Tensor1D | tf.Tensor2D;
}

/**
 * Sets numbers to zero at random and divides the others by the share that stays.
 * @param rate - The probability of a zero, in [0, 1).
 * @param noiseShape - Along an axis of length 1 here all numbers share their fate.
 * @param seed - With one each call drops the same.
 * @returns The shape of `x`, owned by the caller.
 */
export function dropout(
  x: tf.Tensor | tf.TensorLike,
  rate: number,
  noiseShape?: number[],
  seed?: number | string,
): tf.Tensor {
  if (seed !== undefined || !(rate > 0 && rate < 1)) return tf.dropout(x, rate, noiseShape, seed);
  return tf.tidy(() => {
    const values = x instanceof tf.Tensor ? x : tf.tensor(x);
    const kept = processStream.binomial(noiseShape ?? values.shape, 1 - rate);
    return values.mul(kept).div(1 - rate);
  });
}
