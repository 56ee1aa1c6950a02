/** @file Replacing what a dataset holds. */
import { tf } from '../../engine';
import { defaultAxes, moveAxes } from '../../space';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';

/** Replaces the features of a dataset by a function of them. */
export function changeFeatures(
  dataset: DenseDesignMatrix,
  f: (X: tf.Tensor2D) => tf.Tensor2D,
): void {
  const X = tf.tidy(() => f(dataset.X));
  dataset.setDesignMatrix(X);
  X.dispose();
}

/**
 * Replaces the images of a dataset by a function of them; the dataset goes on showing them in its
 * own order of axes.
 * @param f - From and to [images, rows, columns, channels].
 */
export function changeImages(
  dataset: DenseDesignMatrix,
  f: (images: tf.Tensor4D) => tf.Tensor4D,
): void {
  const { viewConverter } = dataset;
  const axes = viewConverter?.axes ?? defaultAxes;
  const images = tf.tidy(() => {
    const shown = moveAxes(dataset.getTopologicalView(), axes, defaultAxes);
    return moveAxes(f(shown), defaultAxes, axes);
  });
  dataset.setTopologicalView(images, axes);
  images.dispose();
}

/** Gives each example the targets of one of the examples that there were before. */
export function changeTargets(
  dataset: DenseDesignMatrix,
  former: (example: number) => number,
): void {
  const { y } = dataset;
  if (!y) return;
  const places = Int32Array.from({ length: dataset.getNumExamples() }, (_, i) => former(i));
  const targets = tf.tidy(() => y.gather(tf.tensor1d(places, 'int32')));
  dataset.setTargets(targets);
  targets.dispose();
}
