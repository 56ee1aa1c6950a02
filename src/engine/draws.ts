/**
 * @file Draws of tfjs that name no seed. In place of JavaScript's generator they take a stream of
 * the engine, one for the process: functions that draw, e.g. a layer with noise, are compiled, draw
 * anew at each call, and give the same numbers in each process. Those with a seed are tfjs's own.
 */
import { RandomStream } from './random';
import * as tf from './tf';

const stream = new RandomStream(2013);

/**
 * Numbers from [minval, maxval), owned by the caller.
 * @param seed - With one each call gives the same numbers.
 */
export function randomUniform<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval = 0,
  maxval = 1,
  dtype: Parameters<typeof tf.randomUniform>[3] = 'float32',
  seed?: number | string,
): tf.Tensor<R> {
  if (dtype !== 'float32' || seed !== undefined) {
    return tf.randomUniform(shape, minval, maxval, dtype, seed);
  }
  return tf.tidy(() => stream.uniform([...shape]).mul(maxval - minval).add(minval)); // prettier-ignore
}

/**
 * Normal numbers, owned by the caller.
 * @param seed - With one each call gives the same numbers.
 */
export function randomNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  mean = 0,
  stdDev = 1,
  dtype: Parameters<typeof tf.randomNormal>[3] = 'float32',
  seed?: number,
): tf.Tensor<R> {
  if (dtype !== 'float32' || seed !== undefined) {
    return tf.randomNormal(shape, mean, stdDev, dtype, seed);
  }
  return tf.tidy(() => stream.normal([...shape]).mul(stdDev).add(mean)); // prettier-ignore
}

/** Normal numbers of mean 0 and deviation 1, owned by the caller. */
export function randomStandardNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  dtype: Parameters<typeof tf.randomStandardNormal>[1] = 'float32',
  seed?: number,
): tf.Tensor<R> {
  return randomNormal(shape, 0, 1, dtype, seed);
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
    const kept = stream.binomial(noiseShape ?? values.shape, 1 - rate);
    return values.mul(kept).div(1 - rate);
  });
}
