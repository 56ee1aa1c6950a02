/**
 * @file Sums, means and extremes along the first axis by an op of our own, where the set-up has
 * built it: several times as fast as TensorFlow's (kernel/setup/engine/columns.h).
 */
import { type NativeBackend, nativeBackend, replaceKernel } from './native';
import * as tf from './tf';
import { hasOwnOps } from './threads';

/** Of our addition to the binding. */
const OP = 'Tslearn2Columns';

/** tfjs's kernels and the op's numbers for them. */
const REDUCTIONS: readonly (readonly [kernel: string, reduction: number])[] = [
  [tf.Sum, 0],
  [tf.Mean, 1],
  [tf.Max, 2],
  [tf.Min, 3],
];

/** What tfjs gives its kernels; the axes have different names. */
interface Attributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** Along the first axis of several, of float32, where there is something to reduce. */
function isOurs({ dtype, shape, size }: tf.Tensor, axes: readonly number[]): boolean {
  const isFirst = axes.length === 1 && axes[0] === 0;
  return isFirst && dtype === 'float32' && shape.length > 1 && size > 0;
}

function ours(backend: NativeBackend, reduction: number, otherwise: tf.KernelFunc): tf.KernelFunc {
  const { TF_ATTR_INT, TF_ATTR_BOOL } = backend.binding;
  return (call) => {
    const x = call.inputs.x as tf.Tensor;
    const given = call.attrs as unknown as Attributes;
    const axes = tf.util.parseAxisParam((given.axis ?? given.reductionIndices)!, x.shape);
    if (!isOurs(x, axes)) return otherwise(call);
    const attributes = [
      { name: 'reduction', type: TF_ATTR_INT, value: reduction },
      { name: 'keep_dims', type: TF_ATTR_BOOL, value: given.keepDims ?? false },
    ];
    return backend.executeSingleOutput(OP, attributes, [x]);
  };
}

/** Takes our op on processors, for what runs op by op as well. To be called once. */
export function useOwnReductions(): void {
  const backend = nativeBackend();
  if (!backend || !hasOwnOps(backend)) return;
  for (const [name, reduction] of REDUCTIONS) {
    replaceKernel(name, (otherwise) => ours(backend, reduction, otherwise));
  }
}
