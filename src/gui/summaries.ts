/** @file How models and datasets show themselves. They pass what they are; nobody is imported. */
import { tf } from '../engine';
import type { MimeBundle } from '../utils/display';
import { NdArray } from '../utils/nd_array';
import { diagram, type Stage } from './diagram';
import { imageGrid } from './grid';
import { summaryBundle } from './html';

/** Examples of a dataset that are shown beside each other. */
const COLUMNS = 10;

/** A parameter, as far as a summary goes. */
interface Parameter {
  readonly size: number;
}

/** A space, as far as a summary goes: one of images has a shape and channels. */
interface SummedUpSpace {
  readonly shape?: readonly number[];
  readonly numChannels?: number;
  toString(): string;
}

/** A model or a layer, as far as a summary goes. */
export interface SummedUpModel {
  readonly layerName?: string | null;
  readonly layers?: readonly SummedUpModel[];
  getParams(): readonly Parameter[];
  getInputSpace(): SummedUpSpace;
  getOutputSpace(): SummedUpSpace;
}

function countOf(model: SummedUpModel): number {
  return model.getParams().reduce((sum, { size }) => sum + size, 0);
}

/** A row for each layer, those of nested models below them. */
function layerRows(layers: readonly SummedUpModel[], indent = ''): string[][] {
  return layers.flatMap((layer) => [
    [
      `${indent}${layer.layerName ?? ''}`,
      layer.constructor.name,
      layer.getOutputSpace().toString(),
      countOf(layer).toLocaleString('en-US'),
    ],
    ...layerRows(layer.layers ?? [], `${indent}  `),
  ]);
}

/** What fits below a box: `11 x 11 x 64`, `VectorSpace(dim=10)`. */
function inShort(space: SummedUpSpace): string {
  const { shape, numChannels } = space;
  return shape && numChannels ? [...shape, numChannels].join(' x ') : String(space);
}

/** The input space of a model that has been given one; a layer of no model yet has none. */
function inputOf(model: SummedUpModel): SummedUpSpace | undefined {
  try {
    return model.getInputSpace();
  } catch {
    return undefined;
  }
}

function drawingOf(model: SummedUpModel, input: SummedUpSpace): string {
  const layers = model.layers ?? [model];
  const stages = layers.map((layer) => ({
    name: layer.layerName ?? '',
    kind: layer.constructor.name,
    output: inShort(layer.getOutputSpace()),
  }));
  return diagram([{ name: 'input', kind: '', output: inShort(input) } satisfies Stage, ...stages]);
}

/** A model's layers with their output spaces and numbers of parameters. */
export function modelBundle(model: SummedUpModel): MimeBundle {
  const total = countOf(model).toLocaleString('en-US');
  const layers = model.layers ?? [model];
  const input = inputOf(model);
  const from = input === undefined ? 'no input space yet' : `input ${input}`;
  return summaryBundle({
    text: `${model.constructor.name}: ${total} parameters, ${from}`,
    drawing: input === undefined ? undefined : drawingOf(model, input),
    table: [['layer', 'class', 'output', 'parameters'], ...layerRows(layers)],
  });
}

/** A dataset, as far as a summary goes. */
export interface SummedUpDataset {
  /** Lines of text that say what it is; the notice may be one of them. */
  describe(): string;
  readonly notice?: string;
  /** Maps images to [-1, 1]. */
  adjustForViewer(examples: tf.Tensor): tf.Tensor;
}

/**
 * A dataset's description, and some of its examples when they are images.
 * @param examples - [examples, rows, columns, 1 or 3] as the dataset holds them; read only.
 */
export function datasetBundle(dataset: SummedUpDataset, examples?: tf.Tensor4D): MimeBundle {
  const { notice } = dataset;
  const lines = dataset.describe().split('\n');
  const text = lines.filter((line) => line !== notice).join('\n');
  if (examples === undefined) return summaryBundle({ text, notice });
  const { shape } = examples;
  const values = tf.tidy(() => dataset.adjustForViewer(examples).clipByValue(-1, 1).dataSync());
  const images = new NdArray(values as Float32Array, [...shape]);
  const columns = Math.min(COLUMNS, shape[0]);
  const grid = [Math.ceil(shape[0] / columns), columns] as const;
  return summaryBundle({ text, notice, picture: imageGrid(images, { shape: grid }) });
}
