/** @file A dataset of small images and models of them, for tests of pictures. */
import { DenseDesignMatrix } from '../../src/datasets';
import { DefaultViewConverter } from '../../src/datasets/dense_design_matrix';
import type { Chart } from '../../src/plots';
import { PNG } from 'pngjs';

/** Six images of 2 x 3 pixels, each with one pixel lit and the label of its row (0 or 1). */
export function smallImages(): DenseDesignMatrix {
  const X = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => +(i === j)));
  const viewConverter = new DefaultViewConverter({ shape: [2, 3, 1] });
  return new DenseDesignMatrix({ X, y: [0, 0, 0, 1, 1, 1], yLabels: 2, viewConverter });
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
