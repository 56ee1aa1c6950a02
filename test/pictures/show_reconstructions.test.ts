import assert from 'node:assert/strict';
import { BinomialCorruptor } from '../../src/corruption';
import { Autoencoder, DenoisingAutoencoder } from '../../src/models/autoencoder';
import { Linear, MLP } from '../../src/models/mlp';
import { showReconstructions } from '../../src/pictures';
import { compile, VEGA_LITE } from '../../src/plots';
import { displaySymbol } from '../../src/utils/display';
import { NdArray } from '../../src/utils/nd_array';
import { leaves } from '../support/expect';
import { dataOf, pixelsOf, smallImages } from './small_images';

interface Row {
  what: string;
  example: number;
  url: string;
  'mean squared error': number;
}

/** An autoencoder whose weights are the identity: it gives back half of what it sees. */
function halving(model: Autoencoder): Autoencoder {
  const identity = Float32Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0));
  model.W.setValue(new NdArray(identity, [6, 6]));
  model.Wprime!.setValue(
    new NdArray(
      identity.map((each) => each / 2),
      [6, 6],
    ),
  );
  return model;
}

const sizes = { nvis: 6, nhid: 6, actEnc: null, actDec: null };

describe('pictures/show_reconstructions', () => {
  const dataset = smallImages();
  after(() => dataset.dispose());

  it('draws each reconstruction below its original, with its error', () => {
    const model = halving(new Autoencoder(sizes));
    const chart = leaves(0, () => showReconstructions({ model, dataset, count: 2 }));
    const rows = dataOf<Row & { x: number; y: number }>(chart);
    assert.deepEqual(
      rows.map(({ what, example }) => [what, example]),
      [
        ['original', 1],
        ['original', 2],
        ['reconstruction', 1],
        ['reconstruction', 2],
      ],
    );
    assert.ok(rows[2].x === rows[0].x && rows[2].y > rows[0].y);
    assert.equal(rows[0]['mean squared error'], Number((0.25 / 6).toPrecision(3)));
    assert.match(chart.toString(), /^2 examples, mean squared error 0.0417\n/);
    model.dispose();
  });

  it('draws them in the shades of the originals, a pixel for a pixel', () => {
    const model = halving(new Autoencoder(sizes));
    const rows = dataOf<Row>(showReconstructions({ model, dataset, count: 2 }));
    const [original, reconstruction] = [rows[0], rows[2]].map(({ url }) => pixelsOf(url));
    assert.deepEqual([original.width, original.height], [3, 2]);
    assert.deepEqual(original.grey, [255, 127, 127, 127, 127, 127]);
    assert.deepEqual(reconstruction.grey, [191, 127, 127, 127, 127, 127]);
    model.dispose();
  });

  it('shows what noise leaves, and takes nothing from the stream of the noise', () => {
    const corruptor = new BinomialCorruptor({ corruptionLevel: 0.999 });
    const model = halving(new DenoisingAutoencoder({ ...sizes, corruptor }));
    const before = corruptor.getState();
    const rows = dataOf<Row>(leaves(0, () => showReconstructions({ model, dataset, count: 6 })));
    assert.equal(rows[6].what, 'with noise');
    const lit = rows.slice(6, 12).filter(({ url }) => Math.max(...pixelsOf(url).grey) > 127);
    assert.equal(lit.length, 0);
    assert.deepEqual(corruptor.getState(), before);
    const clean = dataOf<Row>(showReconstructions({ model, dataset, count: 6, noise: false }));
    assert.equal(clean.length, 12);
    model.dispose();
  });

  it('draws examples at random by a seed, the same each time', () => {
    const model = new Autoencoder(sizes);
    const urls = (seed: number) =>
      dataOf<Row>(showReconstructions({ model, dataset, count: 6, seed })).map(({ url }) => url);
    assert.deepEqual(urls(3), urls(3));
    assert.notDeepEqual(urls(3), urls(4));
    model.dispose();
  });

  it('shows itself as Vega-Lite, as a still picture with all images, and as text', async () => {
    const model = new Autoencoder(sizes);
    const chart = showReconstructions({ model, dataset, count: 3 });
    assert.doesNotThrow(() => compile(chart.spec));
    const bundle = await chart[displaySymbol]();
    assert.deepEqual(Object.keys(bundle).sort(), [VEGA_LITE, 'image/svg+xml', 'text/plain']);
    const svg = bundle['image/svg+xml'] as string;
    assert.equal(svg.match(/<image /g)?.length, 6);
    assert.ok(svg.includes('>reconstruction<'));
    model.dispose();
  });

  it('says what it cannot show', () => {
    const mlp = new MLP({ nvis: 6, layers: [new Linear({ dim: 2, layerName: 'y', irange: 0 })] });
    assert.throws(
      () => showReconstructions({ model: mlp, dataset }),
      /expected a model that encodes and decodes, received a MLP/,
    );
    mlp.dispose();
  });
});
