/**
 * @file The gradient of convolution, around a fault of oneDNN's: by kernels of one pixel, with a
 * stride in one direction, it writes beyond its memory where pixels are left over at the border.
 */
import * as tfjs from '@tensorflow/tfjs';

/** What a convolution is given beside its tensors. */
interface Attributes {
  pad: unknown;
  strides: number | number[];
  dataFormat: string;
}

/** What a gradient's function gives: the slopes by the names of the inputs. */
type Slopes = Record<string, () => tfjs.Tensor>;

/** The part of the images that kernels reach: strides may leave some at the bottom and right. */
function reached(images: tfjs.Tensor, filter: tfjs.Tensor, dy: tfjs.Tensor, strides: number[]) {
  const [rows, columns] = [0, 1].map((axis) => {
    const reach = (dy.shape[axis + 1]! - 1) * strides[axis] + filter.shape[axis]!;
    return Math.min(reach, images.shape[axis + 1]!);
  });
  if (rows === images.shape[1] && columns === images.shape[2]) return images;
  return images.slice([0, 0, 0, 0], [-1, rows, columns, -1]);
}

/** tfjs's own gradient, by the kernels from the pixels that count. */
export function conv2d(): Omit<tfjs.GradConfig, 'kernelName'> {
  const { gradFunc, ...own } = tfjs.getGradient('Conv2D');
  return {
    ...own,
    gradFunc: (dy, [images, filter], attributes) => {
      const { pad, strides, dataFormat } = attributes as unknown as Attributes;
      const isPlain = typeof pad === 'string' && dataFormat === 'NHWC';
      const steps = [strides, strides].flat().slice(0, 2);
      const counted = isPlain ? reached(images, filter, dy as tfjs.Tensor, steps) : images;
      const byFilter = () => (gradFunc(dy, [counted, filter], attributes) as Slopes).filter();
      return { ...gradFunc(dy, [images, filter], attributes), filter: byFilter };
    },
  };
}
