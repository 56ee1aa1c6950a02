import assert from 'node:assert/strict';
import { DenseDesignMatrix } from '../../src/datasets';
import { Autoencoder } from '../../src/models/autoencoder';
import { MLP, Softmax } from '../../src/models/mlp';
import { confusionMatrix } from '../../src/pictures';
import { type Chart, compile } from '../../src/plots';
import { NdArray } from '../../src/utils/nd_array';
import { leavesAsync } from '../support/expect';
import { dataOf, edgeClassifier, smallImages } from './small_images';

interface Cell {
  true: string;
  predicted: string;
  count: number;
  share: number;
}

/** What is drawn of each cell: colour by opacity and the number. */
async function drawn(chart: Chart): Promise<{ rects: string[]; numbers: string[] }> {
  const svg = await chart.toSvg();
  return {
    rects: [...svg.matchAll(/<path aria-label="[^"]+ taken for [^>]*>/g)].map(([rect]) => rect),
    numbers: [...svg.matchAll(/<text text-anchor="middle"[^>]*fill="[^"]+">([\d,]+)</g)].map(
      ([, text]) => text,
    ),
  };
}

describe('pictures/confusion_matrix', () => {
  const dataset = smallImages();
  const model = edgeClassifier();
  after(() => {
    dataset.dispose();
    model.dispose();
  });

  it('counts what each class is taken for, and leaves no tensors behind', async () => {
    const chart = await leavesAsync(0, () => confusionMatrix({ model, dataset }));
    const cells = dataOf<Cell>(chart).map((cell) => [cell.true, cell.predicted, cell.count]);
    assert.deepEqual(cells, [
      ['0', '0', 2],
      ['0', '1', 1],
      ['1', '0', 2],
      ['1', '1', 1],
    ]);
    assert.equal(
      chart.toString(),
      ['3 of 6 wrong: 50 %', '   0  1', '0  2  1', '1  2  1'].join('\n'),
    );
  });

  it('counts the same in batches of any size, the last one smaller', async () => {
    model.setBatchSize(4);
    const chart = await confusionMatrix({ model, dataset });
    assert.deepEqual(
      dataOf<Cell>(chart).map(({ count }) => count),
      [2, 1, 2, 1],
    );
    model.forceBatchSize = undefined;
  });

  it('draws right answers in one colour and wrong ones in another, with their numbers', async () => {
    const chart = await confusionMatrix({ model, dataset, names: ['left', 'right'] });
    assert.doesNotThrow(() => compile(chart.spec));
    const { rects, numbers } = await drawn(chart);
    const colours = rects.map((rect) => /fill="([^"]+)"/.exec(rect)![1]);
    assert.deepEqual(colours, ['#0077bb', '#d55e00', '#d55e00', '#0077bb']);
    assert.deepEqual(numbers, ['2', '1', '2', '1']);
    assert.match(await chart.toSvg(), />left</);
  });

  it('shows one mistake among thousands, and no number where there is none', async () => {
    const X = Array.from({ length: 2000 }, (_, i) => (i === 0 ? [1, 0] : [0, 1]));
    const rare = new DenseDesignMatrix({ X, y: X.map(() => 1), yLabels: 2 });
    const layer = new Softmax({ nClasses: 2, layerName: 'y', irange: 0 });
    const identity = new MLP({ nvis: 2, layers: [layer] });
    layer.setWeights(new NdArray(Float32Array.of(1, 0, 0, 1), [2, 2]));
    const { rects, numbers } = await drawn(
      await confusionMatrix({ model: identity, dataset: rare }),
    );
    const opacity = rects.map((rect) => Number(/opacity="([^"]+)"/.exec(rect)?.[1] ?? 1));
    assert.ok(opacity[2] >= 3 * opacity[1], `${opacity}`);
    assert.deepEqual(numbers, ['1', '1,999']);
    rare.dispose();
    identity.dispose();
  });

  it('says what it cannot count', async () => {
    const unlabelled = new DenseDesignMatrix({ X: [[0, 1]] });
    await assert.rejects(confusionMatrix({ model, dataset: unlabelled }), /has no targets/);
    const autoencoder = new Autoencoder({ nvis: 6, nhid: 1, actEnc: null, actDec: null });
    await assert.rejects(
      confusionMatrix({ model: autoencoder, dataset }),
      /expected a model that gives a number for each of several classes, received a Autoencoder/,
    );
    await assert.rejects(
      confusionMatrix({ model, dataset, names: ['one'] }),
      /expected 2 names, received 1/,
    );
    unlabelled.dispose();
    autoencoder.dispose();
  });
});
