/**
 * @file Products of two matrices by an op of our own, where the set-up has built it: OpenBLAS comes
 * nearer to what a processor can do than what TensorFlow asks (kernel/setup/engine/product.h).
 */
import { type NativeBackend, nativeBackend, replaceKernel } from './native';
import * as tf from './tf';
import { hasOwnOps } from './threads';

/** Of our addition to the binding. Its attributes are those of TensorFlow's own op. */
export const OWN_PRODUCT = 'Tslearn2Product';
/** TensorFlow's own op. */
export const PRODUCT = 'BatchMatMulV2';

/** Products of two matrices of float32; all others as before. */
function ours(backend: NativeBackend, otherwise: tf.KernelFunc): tf.KernelFunc {
  const type = backend.binding.TF_ATTR_BOOL;
  return (call) => {
    const factors = [call.inputs.a, call.inputs.b] as tf.Tensor[];
    const isOurs = factors.every(({ dtype, shape }) => dtype === 'float32' && shape.length === 2);
    if (!isOurs) return otherwise(call);
    const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
    const attributes = [
      { name: 'adj_x', type, value: transposeA },
      { name: 'adj_y', type, value: transposeB },
    ];
    return backend.executeSingleOutput(OWN_PRODUCT, attributes, factors);
  };
}

/** Takes our op on processors, for what runs op by op as well. To be called once. */
export function useOwnProducts(): void {
  const backend = nativeBackend();
  if (!backend || !hasOwnOps(backend)) return;
  replaceKernel(tf.BatchMatMul, (otherwise) => ours(backend, otherwise));
}
