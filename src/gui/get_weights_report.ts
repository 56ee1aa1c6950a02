/**
 * @file Pictures of a model's weights. Port of pylearn2/gui/get_weights_report.py. Differs: a grid
 * has no empty rows; who calls it loads files and makes datasets.
 */
import { tf } from '../engine';
import { StateError } from '../utils/errors';
import { Logger } from '../utils/log';
import { NdArray } from '../utils/nd_array';
import { patchesOf } from './grid';
import { PatchViewer } from './patch_viewer';

/** A model whose weights can be seen. */
export interface WeightsModel {
  /** [units, rows, columns, channels]; throws StateError when the weights are no images. */
  getWeightsTopo?(): NdArray;
  getWeights?(): NdArray;
  getWeightsFormat?(): readonly ['v', 'h'] | readonly ['h', 'v'];
  /** Rows and columns in which to show the units; undefined where it does not matter. */
  getWeightsViewShape?(): [number, number] | undefined;
}

/** A dataset that knows how to see weight vectors as images. */
export interface WeightsViewer {
  /** From [units, inputs] to [units, rows, columns, channels], owned by the caller. */
  getWeightsView(weights: tf.Tensor2D): tf.Tensor4D;
}

/** What the largest magnitude becomes black or white of: each image, all of them, or nothing. */
export const rescaleModes = ['individual', 'global', 'none'] as const;

/** One of {@link rescaleModes}. */
export type RescaleMode = (typeof rescaleModes)[number];

export interface WeightsReportOptions {
  model: WeightsModel;
  rescale?: RescaleMode;
  /** Whether to draw a black frame around each image. */
  border?: boolean;
  /** Whether to begin with the units whose weights have the largest norm. */
  normSort?: boolean;
  /** Gives the dataset whose layout the weights have; asked when the model does not know it. */
  dataset(): WeightsViewer;
}

const log = new Logger('gui.get_weights_report');

/** The weights as images, and as one row for each unit when the model does not know images. */
interface WeightsView {
  images: NdArray;
  rows?: NdArray;
}

function topoOf(model: WeightsModel): NdArray | undefined {
  try {
    return model.getWeightsTopo?.();
  } catch (error) {
    if (error instanceof StateError) return undefined;
    throw error;
  }
}

function viewOf({ model, dataset }: WeightsReportOptions): WeightsView {
  const topo = topoOf(model);
  if (topo !== undefined) return { images: topo };
  if (!model.getWeights || !model.getWeightsFormat) {
    throw new StateError(`getWeightsReport: a ${model.constructor.name} has no weights to show.`);
  }
  const weights = model.getWeights();
  const transpose = model.getWeightsFormat()[0] === 'v';
  const viewer = dataset();
  const [images, rows] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
    const matrix = tf.tensor2d(weights.data as Float32Array, weights.shape as [number, number]);
    const vectors = transpose ? matrix.transpose<tf.Tensor2D>() : matrix.clone();
    return [viewer.getWeightsView(vectors), vectors];
  });
  return { images: taken(images), rows: taken(rows) };
}

/** The values of a tensor, which is freed. */
function taken(tensor: tf.Tensor): NdArray {
  const array = new NdArray(tensor.dataSync().slice() as Float32Array, [...tensor.shape]);
  tensor.dispose();
  return array;
}

/** The norm of each slice along the first axis. */
function normsOf(array: NdArray): number[] {
  return patchesOf(array).map(({ data }) => Math.hypot(...Array.from(data as Float32Array)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function logMagnitudes({ images, rows }: WeightsView): void {
  const magnitudes = Array.from(images.data as Float32Array, Math.abs);
  const least = magnitudes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  log.info(`smallest enc weight magnitude: ${least}`);
  log.info(`mean enc weight magnitude: ${mean(magnitudes)}`);
  log.info(`max enc weight magnitude: ${most}`);
  if (rows === undefined) return;
  const norms = normsOf(rows);
  log.info(`min norm: ${Math.min(...norms)}`);
  log.info(`mean norm: ${mean(norms)}`);
  log.info(`max norm: ${Math.max(...norms)}`);
}

function rescaled(images: NdArray): NdArray {
  const data = images.data as Float32Array;
  const most = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return new NdArray(
    data.map((value) => value / most),
    images.shape,
  );
}

function viewerFor(model: WeightsModel, images: NdArray): PatchViewer {
  const [units, rows, columns, channels] = images.shape;
  const across = Math.ceil(Math.sqrt(units));
  const gridShape = model.getWeightsViewShape?.() ?? [Math.ceil(units / across), across];
  return new PatchViewer({ gridShape, patchShape: [rows, columns], isColor: channels === 3 });
}

/** Draws the weights of each unit as an image, 0 mid-grey, and logs how large they are. */
export function getWeightsReport(options: WeightsReportOptions): PatchViewer {
  const { model, rescale = 'individual', border = false, normSort = false } = options;
  const view = viewOf(options);
  const viewer = viewerFor(model, view.images);
  const patches = patchesOf(rescale === 'global' ? rescaled(view.images) : view.images);
  const norms = normsOf(view.rows ?? view.images);
  const order = patches.map((_, i) => i);
  if (normSort) order.sort((a, b) => norms[b] - norms[a]);
  for (const i of order) {
    viewer.addPatch(patches[i], {
      rescale: rescale === 'individual',
      activation: border ? 0 : null,
      facts: { unit: i, norm: Number(norms[i].toPrecision(4)) },
    });
  }
  logMagnitudes(view);
  return viewer;
}
