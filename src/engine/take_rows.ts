/** @file Rows that lie side by side, from a place that is known only when a function runs. */
import { nativeBackend } from './native';
import * as tf from './tf';

/**
 * Takes some rows of a tensor. Where TensorFlow can it looks at them in place and copies nothing.
 * @param data - Of type float32, int32 or bool.
 * @param first - int32: the first row.
 * @param count - How many.
 * @returns [count, ...], owned by the caller.
 */
export function takeRows(data: tf.Tensor, first: tf.Scalar, count: number): tf.Tensor {
  const rest = data.shape.slice(1);
  const native = nativeBackend();
  if (!native) {
    return data.slice([first.dataSync()[0], ...rest.map(() => 0)], [count, ...rest]);
  }
  const { TF_ATTR_TYPE, TF_BOOL, TF_FLOAT, TF_INT32 } = native.binding;
  const type = { float32: TF_FLOAT, int32: TF_INT32, bool: TF_BOOL }[data.dtype as string];
  const attribute = (name: string, value: unknown) => ({ name, type: TF_ATTR_TYPE, value });
  return tf.tidy(() => {
    const begin = tf.stack([first, ...rest.map(() => tf.scalar(0, 'int32'))]);
    const size = tf.tensor1d([count, ...rest], 'int32');
    const attributes = [attribute('T', type), attribute('Index', TF_INT32)];
    return native.executeSingleOutput('Slice', attributes, [data, begin, size]);
  });
}
