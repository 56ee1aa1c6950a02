import assert from 'node:assert/strict';
import { type Axis, DenseDesignMatrix } from '../../../src/datasets';
import {
  CentralWindow,
  Downsample,
  ExtractGridPatches,
  ExtractPatches,
  type Preprocessor,
  ReassembleGridPatches,
} from '../../../src/datasets/preprocessing';
import { tf } from '../../../src/engine';
import { moveAxes } from '../../../src/space';
import { RandomState } from '../../../src/utils/rng';
import { expectClose, leaves } from '../../support/expect';
import { roundTrip } from '../../support/yaml';

/** Two images of 4 x 5 pixels, numbered from 0, with targets 7 and 8. */
function numbered(axes: readonly Axis[] = ['b', 0, 1, 'c'], channels = 1): DenseDesignMatrix {
  const images = tf.range(0, 40 * channels).reshape([2, 4, 5, channels]) as tf.Tensor4D;
  const topoView = moveAxes(images, ['b', 0, 1, 'c'], axes);
  return new DenseDesignMatrix({ topoView, axes, y: [7, 8], yLabels: 9 });
}

/** The images after a preprocessor; `shape` is that of the dataset's own view. */
function applied(preprocessor: Preprocessor, shape: number[], dataset = numbered()): tf.Tensor {
  const more = preprocessor instanceof ExtractPatches ? -1 : 0;
  leaves(more, () => preprocessor.apply(dataset));
  const images = dataset.getTopologicalView();
  assert.deepEqual(images.shape, shape);
  return images;
}

const grid = { patchShape: [2, 2], patchStride: [2, 3] };

describe('datasets/preprocessing: images', () => {
  it('ExtractPatches: draws places as NumPy does, the same at each use, and drops targets', () => {
    // RandomState([1, 2, 3]) draws image, row and column: (0, 1, 1), (1, 1, 2), (1, 1, 0).
    const preprocessor = new ExtractPatches({ patchShape: [2, 3], numPatches: 3 });
    for (let use = 0; use < 2; use++) {
      const dataset = numbered();
      expectClose(applied(preprocessor, [3, 2, 3, 1], dataset), [
        ...[6, 7, 8, 11, 12, 13],
        ...[27, 28, 29, 32, 33, 34],
        ...[25, 26, 27, 30, 31, 32],
      ]);
      assert.equal(dataset.hasTargets(), false);
    }
  });

  it('ExtractPatches: leaves a generator that it is given where it was', () => {
    const rng = new RandomState([1, 2, 3]);
    const dataset = numbered();
    new ExtractPatches({ patchShape: [2, 3], numPatches: 1, rng }).apply(dataset);
    expectClose(dataset.X, [6, 7, 8, 11, 12, 13]);
    assert.equal(rng.randint(2), 0);
    assert.throws(
      () => new ExtractPatches({ patchShape: [6, 2], numPatches: 1 }).apply(dataset),
      /pieces of 6 x 2 do not fit on images of 2 x 3/,
    );
  });

  it('ExtractGridPatches: goes over each image row by row, and repeats targets', () => {
    const dataset = numbered();
    const patches = applied(new ExtractGridPatches(grid), [8, 2, 2, 1], dataset);
    expectClose(patches.slice([0], [4]), [
      ...[0, 1, 5, 6],
      ...[3, 4, 8, 9],
      ...[10, 11, 15, 16],
      ...[13, 14, 18, 19],
    ]);
    expectClose(dataset.y!, [7, 7, 7, 7, 8, 8, 8, 8]);
    assert.equal(dataset.yLabels, 9);
    const single = new ExtractGridPatches({ patchShape: [1, 1], patchStride: [0, 0] });
    expectClose(applied(single, [2, 1, 1, 1]), [0, 20]);
  });

  it('keeps channels together and the dataset’s order of axes', () => {
    const axes = ['c', 0, 1, 'b'] as const;
    const colour = numbered(axes, 2);
    const patches = applied(new ExtractGridPatches(grid), [2, 2, 2, 8], colour);
    expectClose(moveAxes(patches as tf.Tensor4D, axes, ['b', 0, 1, 'c']).slice([1], [1]), [
      ...[6, 7, 8, 9],
      ...[16, 17, 18, 19],
    ]);
  });

  it('ReassembleGridPatches: undoes it', () => {
    const dataset = numbered();
    new CentralWindow({ windowShape: [4, 4] }).apply(dataset);
    const before = [...dataset.X.dataSync()];
    new ExtractGridPatches({ patchShape: [2, 2], patchStride: [2, 2] }).apply(dataset);
    const whole = new ReassembleGridPatches({ origShape: [4, 4], patchShape: [2, 2] });
    expectClose(applied(whole, [2, 4, 4, 1], dataset), before, 0);
    expectClose(dataset.y!, [7, 8]);
    assert.throws(
      () => new ReassembleGridPatches({ origShape: [4, 5], patchShape: [2, 2] }).apply(dataset),
      /make no images of 4 x 5/,
    );
  });

  it('Downsample: averages blocks, dropping what is left over', () => {
    expectClose(
      applied(new Downsample({ samplingFactor: [2, 2] }), [2, 2, 2, 1]).slice([0], [1]),
      [3, 5, 13, 15],
    );
  });

  it('CentralWindow: keeps the middle', () => {
    expectClose(
      applied(new CentralWindow({ windowShape: [2, 2] }), [2, 2, 2, 1]).slice([0], [1]),
      [6, 7, 11, 12],
    );
    assert.throws(
      () => new CentralWindow({ windowShape: [5, 2] }).apply(numbered()),
      /a window of 5 x 2 does not fit on images of 4 x 5/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const yaml = {
      ExtractPatches: 'patch_shape: [2, 2], num_patches: 4, rng: 3',
      ExtractGridPatches: 'patch_shape: [2, 2], patch_stride: [1, 1]',
      Downsample: 'sampling_factor: [2, 2]',
      CentralWindow: 'window_shape: [2, 2]',
    };
    for (const [name, options] of Object.entries(yaml)) {
      const { loaded, copy } = roundTrip<Preprocessor>(
        `!obj:pylearn2.datasets.preprocessing.${name} { ${options} }`,
      );
      const [one, other] = [numbered(), numbered()];
      loaded.apply(one);
      copy.apply(other);
      expectClose(other.X, one.X, 0);
    }
  });
});
