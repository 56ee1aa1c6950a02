/**
 * @file What a squashing function was applied to. Theano sees `log(sigmoid(z))` in a graph and
 * computes it from z; here the function itself remembers z, so that a cost of its output can be
 * computed without loss of precision.
 */
import type { tf } from '../engine';

/** Keyed by the outputs, it keeps nothing alive. */
const inputs = new WeakMap<tf.Tensor, tf.Tensor>();

/**
 * Remembers what made some probabilities.
 * @param probabilities - The output of a sigmoid or softmax.
 * @param logits - What it was applied to, of the same shape.
 * @returns The probabilities.
 */
export function rememberLogits<T extends tf.Tensor>(probabilities: T, logits: tf.Tensor): T {
  inputs.set(probabilities, logits);
  return probabilities;
}

/** What made some probabilities; undefined when that is not known or already freed. */
export function logitsBehind(probabilities: tf.Tensor): tf.Tensor | undefined {
  const logits = inputs.get(probabilities);
  return logits?.isDisposed ? undefined : logits;
}
