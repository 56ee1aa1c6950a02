/** @file Who frees the tensors in between. */
import * as tf from './tf';

/**
 * Like `tf.tidy` when called on its own. Inside another tidy it leaves the tensors in between to
 * that one, since others may still want them: a cost the logits behind probabilities, for example.
 */
export function tidyOutermost<T extends tf.TensorContainer>(f: () => T): T {
  return tf.engine().state.activeScope ? f() : tf.tidy(f);
}
