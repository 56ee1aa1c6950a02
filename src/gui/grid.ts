/** @file Many images as one picture. */
import { NdArray } from '../utils/nd_array';
import { PatchViewer } from './patch_viewer';
import type { Picture } from './pixels';

/** Patches of [rows, columns, channels] in one array: [patches, rows, columns, channels]. */
export function patchesOf(images: NdArray): NdArray[] {
  const [count, ...shape] = images.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const patch = (i: number) => images.data.slice(i * size, (i + 1) * size);
  return Array.from({ length: count }, (_, i) => new NdArray(patch(i), shape));
}

/** How a grid is drawn. */
export interface GridOptions {
  /** Rows and columns; near a square unless given. */
  shape?: readonly [number, number];
  /** Pixels between the images; 2 unless given. */
  pad?: number;
  /** What it is, for places without pictures. */
  caption?: string;
}

/**
 * Draws images in a grid, row by row.
 * @param images - [images, rows, columns, 1 or 3] in [-1, 1], where 0 is mid-grey.
 */
export function imageGrid(images: NdArray, options: GridOptions = {}): Picture {
  const [count, rows, columns, channels] = images.shape;
  const { pad = 2, shape = PatchViewer.pickShape(count) } = options;
  const viewer = new PatchViewer({
    gridShape: [...shape],
    patchShape: [rows, columns],
    isColor: channels === 3,
    pad: [pad, pad],
  });
  for (const patch of patchesOf(images)) viewer.addPatch(patch, { rescale: false });
  return viewer.getImg();
}
