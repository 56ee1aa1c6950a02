/** @file Arguments that hold one row for each call, and outputs laid together in the same way. */
import * as tf from './tf';

/** The arguments of each call, owned by the caller. */
export function rowsOf(args: readonly tf.Tensor[]): tf.Tensor[][] {
  const columns = args.map((arg) => tf.unstack(arg));
  return columns[0].map((_, row) => columns.map((column) => column[row]));
}

/** Outputs of several calls, one row each; the caller owns it, and no longer the outputs. */
export function stackOutputs(outputs: readonly unknown[]): unknown {
  return combine(outputs, (tensors) => tf.stack(tensors));
}

/** Rows of outputs one after the other; the caller owns it, and no longer the parts. */
export function joinRows(parts: readonly unknown[]): unknown {
  return parts.length === 1 ? parts[0] : combine(parts, (tensors) => tf.concat(tensors));
}

/** Makes one of several values of the same structure; what is no tensor is the first one's. */
function combine(values: readonly unknown[], f: (tensors: tf.Tensor[]) => tf.Tensor): unknown {
  const [first] = values;
  if (first instanceof tf.Tensor) {
    const combined = f(values as tf.Tensor[]);
    for (const one of values) if (!(one instanceof tf.Variable)) tf.dispose(one as tf.Tensor);
    return combined;
  }
  if (first === null || typeof first !== 'object') return first;
  const part = (key: string) => values.map((value) => (value as Record<string, unknown>)[key]);
  const entries = Object.keys(first).map((key) => [key, combine(part(key), f)] as const);
  return Array.isArray(first) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
