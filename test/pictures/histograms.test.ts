import assert from 'node:assert/strict';
import '../../src';
import { DenoisingAutoencoder } from '../../src/models/autoencoder';
import { BinomialCorruptor } from '../../src/corruption';
import { MLP, RectifiedLinear, Softmax } from '../../src/models/mlp';
import { activationHistograms, weightHistograms } from '../../src/pictures';
import type { Chart } from '../../src/plots';
import { EpochCounter } from '../../src/termination_criteria';
import { Train } from '../../src/train';
import { Histograms } from '../../src/train_extensions';
import { SGD } from '../../src/training_algorithms/sgd';
import { cloneViaSerialize } from '../../src/utils/serial';
import { leaves } from '../support/expect';
import { quietly } from '../support/log';
import { smallImages } from './small_images';

interface PanelSpec {
  title: { text: string };
  data: { values: { ridge: number; count: number }[] };
}

/** Numbers that were counted, for each ridge of each panel. */
function countsOf(chart: Chart): Record<string, number[]> {
  const { concat } = chart.spec as unknown as { concat: PanelSpec[] };
  const sums = concat.map(({ title, data }) => {
    const counts: number[] = [];
    for (const { ridge, count } of data.values) counts[ridge] = (counts[ridge] ?? 0) + count;
    return [title.text, counts];
  });
  return Object.fromEntries(sums) as Record<string, number[]>;
}

function smallMLP(): MLP {
  const hidden = new RectifiedLinear({ dim: 4, layerName: 'h', irange: 0.5 });
  return new MLP({
    nvis: 6,
    layers: [hidden, new Softmax({ nClasses: 2, layerName: 'y', irange: 0.5 })],
  });
}

describe('pictures/histograms', () => {
  const dataset = smallImages();
  after(() => dataset.dispose());

  /** A model trained for so many epochs while histograms are recorded. */
  async function trained(maxEpochs: number, extension: Histograms): Promise<MLP> {
    const model = smallMLP();
    const terminationCriterion = new EpochCounter({ maxEpochs });
    const algorithm = new SGD({ learningRate: 0.1, batchSize: 3, terminationCriterion });
    const train = new Train({ dataset, model, algorithm, extensions: [extension] });
    await quietly(() => train.mainLoop());
    return model;
  }

  it('counts every number of every parameter', () => {
    const model = smallMLP();
    const counts = countsOf(leaves(0, () => weightHistograms({ model })));
    assert.deepEqual(counts, { h_W: [24], h_b: [4], softmax_b: [2], softmax_W: [8] });
    model.dispose();
  });

  it('draws the parameters that are named, and names the nearest', () => {
    const model = smallMLP();
    const counts = countsOf(weightHistograms({ model, names: ['h_*'] }));
    assert.deepEqual(Object.keys(counts), ['h_W', 'h_b']);
    assert.throws(
      () => weightHistograms({ model, names: ['h_w'] }),
      /no `h_w`. Did you mean `h_W`/,
    );
    model.dispose();
  });

  it('counts the outputs of every layer for the first examples', () => {
    const model = smallMLP();
    const counts = countsOf(leaves(0, () => activationHistograms({ model, dataset, count: 5 })));
    assert.deepEqual(counts, { h: [20], y: [10] });
    model.dispose();
  });

  it("counts an autoencoder's codes and reconstructions", () => {
    const corruptor = new BinomialCorruptor({ corruptionLevel: 0.5 });
    const sizes = { nvis: 6, nhid: 3, actEnc: 'sigmoid', actDec: null } as const;
    const model = new DenoisingAutoencoder({ ...sizes, corruptor });
    const counts = countsOf(activationHistograms({ model, dataset }));
    assert.deepEqual(counts, { code: [18], reconstruction: [36] });
    model.dispose();
  });

  it('says what it needs when there is nothing to draw', () => {
    const model = smallMLP();
    assert.throws(() => activationHistograms({ model }), /Give a `dataset`, or train with/);
    model.dispose();
  });

  it('draws a ridge for each epoch that was recorded, and none twice', async () => {
    const model = await trained(3, new Histograms());
    assert.deepEqual(countsOf(weightHistograms({ model })).h_W, [24, 24, 24, 24]);
    assert.deepEqual(countsOf(activationHistograms({ model })).h, [24, 24, 24, 24]);
    const now = countsOf(activationHistograms({ model, dataset }));
    assert.deepEqual(now.h, [24, 24, 24, 24]);
    model.dispose();
  });

  it('records after some epochs only, and what is asked for only', async () => {
    const model = await trained(4, new Histograms({ every: 2, activations: false }));
    const epochs = /h_W +4 /.exec(weightHistograms({ model }).toString());
    assert.ok(epochs);
    assert.equal(countsOf(weightHistograms({ model })).h_W.length, 3);
    assert.throws(() => activationHistograms({ model }), /nothing to draw/);
    model.dispose();
  });

  it('leaves records with the model, also when it is saved, few however long it trains', async () => {
    const model = await trained(150, new Histograms({ activations: false }));
    const { weights } = model.tag.histograms as { weights: Record<string, { epoch: number }[]> };
    const epochs = weights.h_W.map(({ epoch }) => epoch);
    assert.ok(epochs.length <= 64 && epochs.length > 20, `${epochs.length} records`);
    assert.deepEqual([epochs[0], epochs.at(-1)], [0, 150]);
    const copy = cloneViaSerialize(model) as MLP;
    assert.deepEqual(weightHistograms({ model: copy }).spec, weightHistograms({ model }).spec);
    copy.dispose();
    model.dispose();
  });
});
