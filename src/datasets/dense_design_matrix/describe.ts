/** @file A dataset in some lines of text. */
import { tf } from '../../engine';
import { showShape } from '../../utils/errors';
import type { DesignMatrixBase } from './design_matrix_base';

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function range(values: tf.Tensor): string {
  const [least, most, mean] = tf.tidy(() => {
    const real = values.cast('float32');
    return [real.min(), real.max(), real.mean()].map((value) => value.dataSync()[0]);
  });
  return `${values.dtype}, from ${short(least)} to ${short(most)}, mean ${short(mean)}`;
}

/** How many examples each class has. */
export function classCounts(labels: tf.Tensor, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels.dataSync()) counts[label]++;
  return counts;
}

function targetLine(y: tf.Tensor, classes: number | null): string {
  const shape = showShape(y.shape);
  if (classes === null) return `targets   ${shape} ${range(y)}`;
  const counts = classCounts(y, classes);
  const shown = counts.slice(0, 20).join(' ') + (classes > 20 ? ' ...' : '');
  return `targets   ${shape} ${y.dtype}, ${classes} classes with ${shown} labels`;
}

/** Shapes, ranges and classes of a dataset, a line for each source. */
export function describeSources({ X, y, yLabels, viewConverter }: DesignMatrixBase): string {
  const images = viewConverter ? `, images of ${viewConverter.shape.join(' x ')}` : '';
  const lines = [`features  ${showShape(X.shape)} ${range(X)}${images}`];
  if (y !== null) lines.push(targetLine(y, yLabels));
  return lines.join('\n');
}
