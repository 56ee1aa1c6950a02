/** @file How tensors show themselves: shape, dtype, statistics, and a picture or a small table. */
import { tf } from '../engine';
import type { MimeBundle } from '../utils/display';
import { showShape } from '../utils/errors';
import { NdArray } from '../utils/nd_array';
import { imageGrid } from './grid';
import { summaryBundle } from './html';
import type { Picture } from './pixels';

/** Rows, columns and images that are shown at most. */
const ROWS = 6;
const IMAGES = 100;
/** Sides that an image may have, in pixels, and how many times longer than the other one may be. */
const [SMALLEST, LARGEST, LONGEST] = [8, 512, 4];

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}

interface Statistics {
  min: number;
  mean: number;
  max: number;
}

function statisticsOf(tensor: tf.Tensor): Statistics {
  const [min, mean, max] = tf.tidy(() => {
    const real = tensor.cast('float32');
    return Array.from(tf.stack([real.min(), real.mean(), real.max()]).dataSync());
  });
  return { min, mean, max };
}

function imageSides(rows: number, columns: number): boolean {
  const [less, more] = rows < columns ? [rows, columns] : [columns, rows];
  return less >= SMALLEST && more <= LARGEST && more <= LONGEST * less;
}

/** The shape [images, rows, columns, channels] of a tensor that looks like images. */
function imageShape(shape: readonly number[]): [number, number, number, number] | undefined {
  const channels = shape.at(-1) === 1 || shape.at(-1) === 3 ? shape.at(-1)! : 0;
  const axes = channels > 0 ? [...shape] : [...shape, 1];
  const [images, rows, columns, depth] = axes.length === 3 ? [1, ...axes] : axes;
  const fits = axes.length === 3 || axes.length === 4;
  return fits && imageSides(rows, columns) ? [images, rows, columns, depth] : undefined;
}

/** From what the values seem to range over to [-1, 1]. */
function toShades(images: tf.Tensor, { min, max }: Statistics): tf.Tensor {
  if (min < 0) return images.div(Math.max(-min, max));
  const most = max <= 1 ? 1 : Math.max(max, 255);
  return images.div(most).mul(2).sub(1).clipByValue(-1, 1);
}

function pictureOf(tensor: tf.Tensor, statistics: Statistics): Picture | undefined {
  const shape = imageShape(tensor.shape);
  if (shape === undefined || !Number.isFinite(statistics.mean)) return undefined;
  const count = Math.min(shape[0], IMAGES);
  if (count === 0) return undefined;
  const values = tf.tidy(() => {
    const images = tensor.cast('float32').reshape(shape).slice(0, count);
    return toShades(images, statistics).dataSync();
  });
  const array = new NdArray(values as Float32Array, [count, ...shape.slice(1)]);
  return imageGrid(array, { pad: count === 1 ? 0 : 2 });
}

/** The first rows and columns; the last axis runs along the rows. */
function tableOf(tensor: tf.Tensor): string {
  const columns = tensor.shape.at(-1) ?? 1;
  const rows = tensor.size / columns;
  const [height, width] = [Math.min(rows, ROWS), Math.min(columns, ROWS)];
  const values = tf.tidy(() =>
    tensor.reshape([rows, columns]).slice([0, 0], [height, width]).dataSync(),
  );
  const lines = Array.from({ length: height }, (_, row) => {
    const cells = Array.from(values.slice(row * width, (row + 1) * width), (value) =>
      short(Number(value)).padStart(10),
    );
    return cells.join(' ') + (columns > width ? ' ...' : '');
  });
  return [...lines, ...(rows > height ? ['       ...'] : [])].join('\n');
}

/**
 * How a tensor shows itself in a notebook.
 * @param tensor - Read only; nothing is left behind.
 */
export function tensorBundle(tensor: tf.Tensor): MimeBundle {
  const head = `Tensor ${tensor.dtype} ${showShape(tensor.shape)}`;
  if (tensor.isDisposed) return summaryBundle({ text: `${head}, disposed of` });
  const numeric = tensor.dtype !== 'string' && tensor.dtype !== 'complex64';
  if (!numeric || tensor.size === 0) return summaryBundle({ text: head });
  const statistics = statisticsOf(tensor);
  const { min, mean, max } = statistics;
  const line = `${head}, min ${short(min)}, mean ${short(mean)}, max ${short(max)}`;
  const picture = pictureOf(tensor, statistics);
  if (picture !== undefined) return summaryBundle({ text: line, picture });
  return summaryBundle({ text: `${line}\n${tableOf(tensor)}` });
}
