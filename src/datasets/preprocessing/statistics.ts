/** @file Statistics that preprocessors keep: on the host, so that nobody has to free them. */
import { tf } from '../../engine';
import { NdArray } from '../../utils/nd_array';

/** The values of a tensor that is computed for that and freed. */
export function taken(compute: () => tf.Tensor): NdArray {
  const tensor = tf.tidy(compute);
  const array = new NdArray((tensor.dataSync() as Float32Array).slice(), [...tensor.shape]);
  tensor.dispose();
  return array;
}

/** The values as a tensor, owned by the caller. */
export function given<R extends tf.Rank>({ data, shape }: NdArray): tf.Tensor<R> {
  return tf.tensor<R>(data as Float32Array, shape as tf.ShapeMap[R], 'float32');
}
