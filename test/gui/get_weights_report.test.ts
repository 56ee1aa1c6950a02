import assert from 'node:assert/strict';
import type { tf } from '../../src/engine';
import { getWeightsReport, type WeightsModel, type WeightsReportOptions } from '../../src/gui';
import { StateError } from '../../src/utils/errors';
import { NdArray } from '../../src/utils/nd_array';
import { leavesAsync } from '../support/expect';
import { logged } from '../support/log';

const array = (values: number[], shape: number[]) => new NdArray(Float32Array.from(values), shape);

/** Two units of 2 inputs: (1, -2) and (4, 0), kept as [inputs, units]. */
const model: WeightsModel = {
  getWeightsTopo(): NdArray {
    throw new StateError('no images');
  },
  getWeights: () => array([1, 4, -2, 0], [2, 2]),
  getWeightsFormat: () => ['v', 'h'],
};
const dataset = () => ({
  getWeightsView: (weights: tf.Tensor2D) => weights.reshape<tf.Tensor4D>([-1, 1, 2, 1]),
});

async function report(options: Partial<WeightsReportOptions>): Promise<[number[][], string[]]> {
  const patches: number[][] = [];
  const lines = await logged(() => {
    const viewer = getWeightsReport({ model, dataset, ...options });
    const { data, width } = viewer.getImg();
    for (const left of [5, 12]) {
      patches.push([left, left + 1].map((column) => data[(5 * width + column) * 4]));
    }
  });
  return [patches, lines.map(({ text }) => text)];
}

describe('gui/get_weights_report', () => {
  it('draws each unit by its own largest weight', async () => {
    const [patches] = await report({});
    assert.deepEqual(patches, [
      [191, 0],
      [255, 127],
    ]);
  });

  it('draws all units by the largest weight of all', async () => {
    const [patches] = await report({ rescale: 'global' });
    assert.deepEqual(patches, [
      [159, 63],
      [255, 127],
    ]);
  });

  it('draws weights as they are only when they lie in [-1, 1]', async () => {
    await assert.rejects(report({ rescale: 'none' }), /expected values in \[-1, 1\]/);
  });

  it('begins with the largest norm when asked to', async () => {
    const [patches] = await report({ normSort: true });
    assert.deepEqual(patches, [
      [255, 127],
      [191, 0],
    ]);
  });

  it('says how large the weights and the norms are', async () => {
    const [, lines] = await report({});
    assert.deepEqual(lines, [
      'smallest enc weight magnitude: 0',
      'mean enc weight magnitude: 1.75',
      'max enc weight magnitude: 4',
      `min norm: ${Math.sqrt(5)}`,
      `mean norm: ${(Math.sqrt(5) + 4) / 2}`,
      'max norm: 4',
    ]);
  });

  it('asks for no dataset when the model knows its images, and leaves no tensors', async () => {
    const images = { getWeightsTopo: () => array([1, -1], [2, 1, 1, 1]) };
    const none = () => assert.fail('asked for a dataset');
    await report({ model: images, dataset: none });
    await leavesAsync(0, () => report({}));
  });

  it('says which class has no weights', async () => {
    class Opaque implements WeightsModel {
      getWeightsTopo(): NdArray {
        throw new StateError('none');
      }
    }
    await assert.rejects(report({ model: new Opaque() }), /a Opaque has no weights to show/);
  });
});
