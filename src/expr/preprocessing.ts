/** @file Changes of single examples. Port of pylearn2/expr/preprocessing.py. */
import { tf } from '../engine';

export interface ContrastOptions {
  /** Whether to subtract from each example its own mean; true unless given. */
  subtractMean?: boolean;
  /** What the norms become; 1 unless given. */
  scale?: number;
  /** Added under the root, against division by little; 0 unless given. */
  sqrtBias?: number;
  /** Whether to divide by the standard deviation (of a sample) instead of the norm. */
  useStd?: boolean;
  /** Examples with smaller divisors are not divided; 1e-8 unless given. */
  minDivisor?: number;
}

/**
 * Gives all examples the same contrast.
 * @param X - [examples, features], read only.
 * @returns The same shape, owned by the caller.
 */
export function globalContrastNormalize(
  X: tf.Tensor2D,
  options: ContrastOptions = {},
): tf.Tensor2D {
  const { subtractMean = true, scale = 1, sqrtBias = 0, minDivisor = 1e-8 } = options;
  return tf.tidy(() => {
    const centred = X.sub(X.mean(1, true));
    const values = subtractMean ? centred : X;
    const squares = options.useStd
      ? centred
          .square()
          .sum(1, true)
          .div(Math.max(1, X.shape[1] - 1))
      : values.square().sum(1, true);
    const divisors = squares.add(sqrtBias).sqrt().div(scale);
    return values.div(tf.where(divisors.less(minDivisor), tf.onesLike(divisors), divisors));
  });
}
