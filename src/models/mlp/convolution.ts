/**
 * @file Convolution of images. Port of pylearn2/linear/conv2d.py. It is the true one, with flipped
 * kernels. Differs: with border mode 'full' and a stride the output has the size that the stride
 * gives; the original fails there.
 */
import { tf } from '../../engine';
import type { Size2D } from './pooling';

/** 'valid': the kernel stays on the image; 'full': it goes over the border, as far as it touches. */
export const borderModes = ['valid', 'full'] as const;

/** One of {@link borderModes}. */
export type BorderMode = (typeof borderModes)[number];

/** Rows and columns of the output; 0 or less where the kernel does not fit on the image. */
export function convolvedSize(
  image: Size2D,
  kernel: Size2D,
  stride: Size2D,
  mode: BorderMode,
): Size2D {
  const along = (axis: 0 | 1) => {
    const border = mode === 'full' ? kernel[axis] - 1 : 0;
    return Math.floor((image[axis] + 2 * border - kernel[axis]) / stride[axis]) + 1;
  };
  return [along(0), along(1)];
}

/**
 * Convolves images with kernels.
 * @param images - [examples, rows, columns, inputs] float32, read only.
 * @param kernels - [outputs, inputs, rows, columns] float32, read only.
 * @returns [examples, rows, columns, outputs], owned by the caller, with the tensors in between if
 * this is not called in a tidy.
 */
export function convolve(
  images: tf.Tensor4D,
  kernels: tf.Tensor4D,
  stride: Size2D,
  mode: BorderMode,
): tf.Tensor4D {
  // To move kernels is cheap, to move images is not.
  const filters = kernels.transpose<tf.Tensor4D>([2, 3, 1, 0]).reverse([0, 1]);
  const [rows, columns] = [kernels.shape[2] - 1, kernels.shape[3] - 1];
  const paddings: [number, number][] = [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ];
  const input = mode === 'full' ? images.pad<tf.Tensor4D>(paddings) : images;
  return convolveWith(input, filters, stride);
}

/**
 * Lays filters, as they are, on images wherever they fit.
 * @param images - [examples, rows, columns, inputs] float32, read only.
 * @param filters - [rows, columns, inputs, outputs] float32, read only.
 */
export function convolveWith(
  images: tf.Tensor4D,
  filters: tf.Tensor4D,
  stride: Size2D,
): tf.Tensor4D {
  return tf.conv2d(images, filters, [...stride], 'valid');
}
