/** @file Elementwise functions of layers. Port of what pylearn2/models/mlp.py computes inline. */
import { tf } from '../engine';
import { rememberLogits } from './logits';

/**
 * The rectifier: what is negative is multiplied by a slope.
 * @param leftSlope - 0 for the plain rectifier.
 * @returns The shape of `z`; owned by the caller.
 */
export function rectify<T extends tf.Tensor>(z: T, leftSlope = 0): T {
  return leftSlope === 0 ? tf.relu(z) : tf.leakyRelu(z, leftSlope);
}

/** The logistic function; it remembers its input for the cost, see {@link rememberLogits}. */
export function sigmoid<T extends tf.Tensor>(z: T): T {
  return rememberLogits(tf.sigmoid(z), z);
}
