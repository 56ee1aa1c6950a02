/** @file A dataset of small images and models of them, for tests of pictures. */
import { PNG } from 'pngjs';
import { DenseDesignMatrix } from '../../src/datasets';
import { DefaultViewConverter } from '../../src/datasets/dense_design_matrix';
import { MLP, Softmax } from '../../src/models/mlp';
import type { Chart } from '../../src/plots';
import { NdArray } from '../../src/utils/nd_array';

/** Six images of 2 x 3 pixels, each with one pixel lit and the label of its row (0 or 1). */
export function smallImages(): DenseDesignMatrix {
  const X = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => +(i === j)));
  const viewConverter = new DefaultViewConverter({ shape: [2, 3, 1] });
  return new DenseDesignMatrix({ X, y: [0, 0, 0, 1, 1, 1], yLabels: 2, viewConverter });
}

/** Takes images with the first or the last pixel lit for class 1, all others for class 0. */
export function edgeClassifier(): MLP {
  const layer = new Softmax({ nClasses: 2, layerName: 'y', irange: 0 });
  const model = new MLP({ nvis: 6, layers: [layer] });
  layer.setWeights(new NdArray(Float32Array.of(0, 2, 1, 0, 1, 0, 1, 0, 1, 0, 0, 3), [6, 2]));
  return model;
}

/** The rows of data that a chart sends. */
export function dataOf<Row>(chart: Chart): Row[] {
  return (chart.spec as { data: { values: Row[] } }).data.values;
}

/** The grey values, 0 to 255, of a PNG file in a `data:` address, and its width and height. */
export function pixelsOf(url: string): { grey: number[]; width: number; height: number } {
  const file = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
  const { data, width, height } = PNG.sync.read(file);
  return { grey: [...data].filter((_, i) => i % 4 === 0), width, height };
}
