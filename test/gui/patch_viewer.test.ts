import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { PatchViewer } from '../../src/gui';
import { compile, type Spec, VEGA_LITE } from '../../src/plots';
import { displaySymbol } from '../../src/utils/display';
import { NdArray } from '../../src/utils/nd_array';
import { folderForEachTest } from '../support/temporary';

const patch = (values: number[], shape: number[]) => new NdArray(Float32Array.from(values), shape);

/** Red of the pixel in a row and a column. */
function red(viewer: PatchViewer, row: number, column: number): number {
  const { data, width } = viewer.getImg();
  return data[(row * width + column) * 4];
}

function colour(viewer: PatchViewer, row: number, column: number): number[] {
  const { data, width } = viewer.getImg();
  return [...data.slice((row * width + column) * 4, (row * width + column) * 4 + 3)];
}

describe('gui/patch_viewer', () => {
  const file = folderForEachTest();

  it('is pad + rows * (patch + pad) high, and wide likewise', () => {
    const viewer = new PatchViewer({ gridShape: [2, 3], patchShape: [4, 6], pad: [1, 2] });
    assert.deepEqual(viewer.shape, [1 + 2 * 5, 2 + 3 * 8]);
    assert.deepEqual(new PatchViewer({ gridShape: [1, 1], patchShape: [4, 6] }).shape, [14, 16]);
  });

  it('shows 0 and the background mid-grey, the largest magnitude black or white', () => {
    const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [1, 3], pad: [1, 1] });
    viewer.addPatch(patch([-2, 0, 1], [1, 3]));
    assert.deepEqual(
      [red(viewer, 0, 0), red(viewer, 1, 1), red(viewer, 1, 2), red(viewer, 1, 3)],
      [127, 0, 127, 191],
    );
  });

  it('fills left to right and top to bottom, and starts anew when it is full', () => {
    const viewer = new PatchViewer({ gridShape: [2, 2], patchShape: [1, 1], pad: [0, 0] });
    const grid = () => [0, 1].map((row) => [0, 1].map((column) => red(viewer, row, column)));
    for (const value of [1, -1, 1, -1]) viewer.addPatch(patch([value], [1, 1]));
    assert.deepEqual(grid(), [
      [255, 0],
      [255, 0],
    ]);
    viewer.addPatch(patch([-1], [1, 1]));
    assert.deepEqual(grid(), [
      [0, 127],
      [127, 127],
    ]);
  });

  it('puts a smaller patch in the middle', () => {
    const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [3, 3], pad: [0, 0] });
    viewer.addPatch(patch([1], [1, 1]));
    assert.deepEqual([red(viewer, 1, 1), red(viewer, 0, 1), red(viewer, 1, 0)], [255, 127, 127]);
  });

  it('draws frames: yellow next to the patch, magenta around it', () => {
    const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [1, 1] });
    viewer.addPatch(patch([1], [1, 1]), { activation: [1, 0.5] });
    assert.deepEqual(colour(viewer, 4, 4), [255, 255, 0]);
    assert.deepEqual(colour(viewer, 4, 6), [255, 255, 0]);
    assert.deepEqual(colour(viewer, 3, 5), [127, 0, 127]);
    assert.deepEqual(colour(viewer, 2, 5), [127, 127, 127]);
  });

  it('draws colours', () => {
    const viewer = new PatchViewer({
      gridShape: [1, 1],
      patchShape: [1, 2],
      isColor: true,
      pad: [0, 0],
      background: [1, 0, -1],
    });
    assert.deepEqual(colour(viewer, 0, 0), [255, 127, 0]);
    viewer.addPatch(patch([1, -1, 0, 0, 0, 1], [1, 2, 3]));
    assert.deepEqual(
      [colour(viewer, 0, 0), colour(viewer, 0, 1)],
      [
        [255, 0, 127],
        [127, 127, 255],
      ],
    );
  });

  it('refuses what does not fit, is out of range, or is no number', () => {
    const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [2, 2] });
    assert.throws(() => viewer.addPatch(patch([1, 1, 1], [1, 3])), {
      name: 'ShapeError',
      message: /expected a patch of shape \[2, 2, 1\] or smaller, received \[1, 3\]/,
    });
    assert.throws(() => viewer.addPatch(patch([3], [1, 1]), { rescale: false }), /magnitude 3/);
    assert.throws(() => viewer.addPatch(patch([NaN], [1, 1])), /NaN in the patch/);
    assert.throws(() => new PatchViewer({ gridShape: [0, 1], patchShape: [1, 1] }), /gridShape/);
  });

  it('picks the shape of a grid: near a square, or exactly full', () => {
    assert.deepEqual(PatchViewer.pickShape(10), [3, 4]);
    assert.deepEqual(PatchViewer.pickShape(9), [3, 3]);
    assert.deepEqual(PatchViewer.pickShape(12, true), [3, 4]);
    assert.deepEqual(PatchViewer.pickShape(7, true), [1, 7]);
  });

  it('writes a PNG file with the same pixels, and shows itself enlarged', () => {
    const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [1, 2], pad: [0, 0] });
    viewer.addPatch(patch([1, -1], [1, 2]));
    viewer.save(file('weights.png'));
    const png = PNG.sync.read(readFileSync(file('weights.png')));
    assert.deepEqual([...png.data], [255, 255, 255, 255, 0, 0, 0, 255]);
    const shown = viewer[displaySymbol]();
    const large = PNG.sync.read(Buffer.from(shown['image/png'] as string, 'base64'));
    assert.deepEqual([large.width, large.height], [16, 8]);
    assert.deepEqual([large.data[7 * 4], large.data[8 * 4]], [255, 0]);
    assert.equal(shown['text/plain'], '1 x 1 patches, 2 x 1 pixels');
  });

  it('shows itself as a chart that tells of each patch what it is', () => {
    const viewer = new PatchViewer({ gridShape: [1, 2], patchShape: [2, 2], pad: [1, 1] });
    viewer.addPatch(patch([1, -1, 0, 0], [2, 2]), { facts: { unit: 7, norm: 1.41 } });
    viewer.addPatch(patch([1], [1, 1]));
    const spec = viewer[displaySymbol]()[VEGA_LITE] as Spec;
    const [picture, frames] = spec.layer as { data: { values: Record<string, unknown>[] } }[];
    assert.deepEqual(frames.data.values, [
      { x: 1, x2: 3, y: 1, y2: 3, unit: 7, norm: 1.41 },
      { x: 4, x2: 5, y: 1, y2: 2, patch: 1 },
    ]);
    const url = String(picture.data.values[0].url);
    const png = PNG.sync.read(Buffer.from(url.split(',')[1], 'base64'));
    assert.deepEqual([png.width, png.height], [7, 4]);
    assert.deepEqual([spec.width, spec.height], [56, 32]);
    compile(spec);
  });

  it('writes grey pictures without colours, in a third of the bytes', () => {
    const noise = Float32Array.from({ length: 900 }, (_, i) => Math.sin(i * i));
    const bytes = (isColor: boolean) => {
      const viewer = new PatchViewer({ gridShape: [1, 1], patchShape: [30, 30], isColor });
      const values = isColor
        ? Float32Array.from({ length: 2700 }, (_, i) => noise[i % 900])
        : noise;
      viewer.addPatch(new NdArray(values, [30, 30, isColor ? 3 : 1]));
      return viewer.getImg().toPng();
    };
    const [grey, colour] = [false, true].map(bytes);
    assert.equal(grey[25], 0, 'the colour type of the file is grey');
    assert.equal(colour[25], 6);
    assert.ok(grey.length < colour.length / 2, `${grey.length} of ${colour.length} bytes`);
  });
});
