/**
 * @file Convolution, around a fault of oneDNN's: where a stride leaves room for a single output in a
 * row or column, it takes other pixels than those at the border. There no stride is needed.
 */
import { nativeBackend, replaceKernel } from './native';
import * as tf from './tf';

/** What a convolution is given beside its tensors. */
interface Attributes {
  strides: number | [number, number];
  pad: Parameters<typeof tf.conv2d>[3];
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | [number, number];
}

/** Along one axis: the size of the kernels, and how these move. */
interface Along {
  kernel: number;
  stride: number;
  outputs: number;
  padding: [number, number];
}

function geometry(x: tf.Tensor4D, filter: tf.Tensor4D, given: Attributes): Along[] {
  const { strides, pad, dilations } = given;
  const { padInfo, ...info } = tf.backend_util.computeConv2DInfo(
    x.shape,
    filter.shape,
    strides,
    dilations,
    pad as 'valid',
  );
  const [rows, columns] = filter.shape;
  return [
    {
      kernel: rows,
      stride: info.strideHeight,
      outputs: info.outHeight,
      padding: [padInfo.top, padInfo.bottom],
    },
    {
      kernel: columns,
      stride: info.strideWidth,
      outputs: info.outWidth,
      padding: [padInfo.left, padInfo.right],
    },
  ];
}

const isAlone = ({ outputs, stride }: Along): boolean => outputs === 1 && stride > 1;

/** The pixels that kernels see, those beyond the border zero: of an axis with a single output no more. */
function seen(x: tf.Tensor4D, axes: readonly Along[]): tf.Tensor4D {
  const padded = x.pad([[0, 0], ...axes.map(({ padding }) => padding), [0, 0]]);
  const sizes = axes.map((axis) => (isAlone(axis) ? axis.kernel : -1));
  return padded.slice([0, 0, 0, 0], [-1, ...sizes, -1]) as tf.Tensor4D;
}

/** A convolution with a single output in a row or column as one without a stride there. */
function around(otherwise: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const { x, filter } = call.inputs as Record<string, tf.Tensor4D>;
    const given = call.attrs as unknown as Attributes;
    const isPlain = given.dataFormat === 'NHWC' && [given.dilations].flat().every((n) => n === 1);
    if (!isPlain || [given.strides].flat().every((n) => n === 1)) return otherwise(call);
    const axes = geometry(x, filter, given);
    if (!axes.some(isAlone)) return otherwise(call);
    const strides = axes.map((axis) => (isAlone(axis) ? 1 : axis.stride));
    return tf.tidy(
      () =>
        otherwise({
          ...call,
          inputs: { ...call.inputs, x: seen(x, axes) },
          attrs: { ...call.attrs, strides, pad: 'valid' },
        }) as tf.Tensor,
    );
  };
}

/** Puts this way in the place of tfjs's where the native engine is in use. To be called once. */
export function useSoundConvolution(): void {
  if (nativeBackend()) replaceKernel(tf.Conv2D, around);
}
