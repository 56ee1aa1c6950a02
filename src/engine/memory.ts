/** @file Who frees the tensors in between. */
import * as tf from './tf';

/**
 * Like `tf.tidy` when called on its own. Inside another tidy it leaves the tensors in between to
 * that one, since others may still want them: a cost the logits behind probabilities, for example.
 */
export function tidyOutermost<T extends tf.TensorContainer>(f: () => T): T {
  return tf.engine().state.activeScope ? f() : tf.tidy(f);
}

/** The engine's bookkeeping, as far as {@link closeScopes} mends it. */
interface Bookkeeping {
  scopeStack: unknown[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape?: unknown;
}

/** Frees what code left behind that was stopped by force within tidies or gradients. */
export function closeScopes(): void {
  const engine = tf.engine();
  const state = engine.state as unknown as Bookkeeping;
  while (state.scopeStack.length > 0) engine.endScope();
  Object.assign(state, { gradientDepth: 0, kernelDepth: 0, activeTape: undefined });
}
