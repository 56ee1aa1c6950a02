import assert from 'node:assert/strict';
import { DenseDesignMatrix } from '../../src/datasets';
import { showPredictions } from '../../src/pictures';
import { compile } from '../../src/plots';
import { leavesAsync } from '../support/expect';
import { dataOf, edgeClassifier, pixelsOf, smallImages } from './small_images';

interface Row {
  example: number;
  url: string;
  caption: string;
  note: string;
  right?: boolean;
}

/** Which pixel of an image is the lightest. */
function lit(url: string): number {
  const { grey } = pixelsOf(url);
  return grey.indexOf(Math.max(...grey));
}

describe('pictures/show_predictions', () => {
  const dataset = smallImages();
  const model = edgeClassifier();
  after(() => {
    dataset.dispose();
    model.dispose();
  });

  it('draws the first examples, each with its class, how sure it is, and whether it is so', async () => {
    const chart = await leavesAsync(0, () => showPredictions({ model, dataset, count: 3 }));
    const rows = dataOf<Row>(chart);
    assert.deepEqual(
      rows.map(({ caption, note }) => [caption, note]),
      [
        ['1 ✗', 'is 0'],
        ['0 ✓', '73 %'],
        ['0 ✓', '73 %'],
      ],
    );
    assert.deepEqual(
      rows.map(({ url }) => lit(url)),
      [0, 1, 2],
    );
    assert.equal(chart.toString(), '3 of 6 wrong\n1 ✗ (is 0), 0 ✓ (73 %), 0 ✓ (73 %)');
  });

  it('draws mistakes alone when asked, the surest first, in their own images', async () => {
    const rows = dataOf<Row>(await showPredictions({ model, dataset, wrong: true }));
    assert.deepEqual(
      rows.map(({ example }) => example),
      [0, 3, 4],
    );
    assert.deepEqual(
      rows.map(({ url }) => lit(url)),
      [0, 3, 4],
    );
  });

  it('draws examples at random by a seed, none twice', async () => {
    const chosen = async (seed: number) =>
      dataOf<Row>(await showPredictions({ model, dataset, seed })).map(({ example }) => example);
    assert.deepEqual(await chosen(1), await chosen(1));
    assert.notDeepEqual(await chosen(1), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual((await chosen(1)).sort(), [0, 1, 2, 3, 4, 5]);
  });

  it('tells right from wrong by colour and by sign, and sends few kilobytes', async () => {
    const chart = await showPredictions({ model, dataset, names: ['cat', 'dog'] });
    assert.doesNotThrow(() => compile(chart.spec));
    const svg = await chart.toSvg();
    assert.match(svg, /fill="#0077bb"[^>]*>cat ✓</);
    assert.match(svg, /fill="#d55e00"[^>]*>dog ✗</);
    assert.ok(JSON.stringify(chart.spec).length < 10_000);
  });

  it('draws classes without a verdict where the dataset has no targets', async () => {
    const bare = new DenseDesignMatrix({
      X: [[1, 0, 0, 0, 0, 0]],
      viewConverter: dataset.viewConverter,
    });
    const [row] = dataOf<Row>(await showPredictions({ model, dataset: bare }));
    assert.deepEqual([row.caption, row.note, row.right], ['1', '88 %', undefined]);
    await assert.rejects(showPredictions({ model, dataset: bare, wrong: true }), /has no targets/);
    bare.dispose();
  });

  it('says when examples are no images', async () => {
    const vectors = new DenseDesignMatrix({ X: [[1, 0, 0, 0, 0, 0]] });
    await assert.rejects(showPredictions({ model, dataset: vectors }), /view converter|images/);
    vectors.dispose();
  });
});
