import assert from 'node:assert/strict';
import { compile, MAX_POINTS, normCurves } from '../../src/plots';
import { channel } from '../support/channel_records';

interface PanelSpec {
  title: { text: string };
  data: { values: { x: number; low: number; y: number; high: number; of: string }[] };
}

function panels(chart: { spec: unknown }): PanelSpec[] {
  return (chart.spec as { concat: PanelSpec[] }).concat;
}

/** Channels of the norms of a layer, on one dataset. */
function norms(name: string, mean: readonly number[]) {
  return [
    channel(
      `${name}_norms_min`,
      mean.map((value) => value / 2),
    ),
    channel(`${name}_norms_mean`, mean),
    channel(
      `${name}_norms_max`,
      mean.map((value) => value * 2),
    ),
  ];
}

const channels = [
  channel('train_objective', [1, 1]),
  channel('valid_objective', [1, 1]),
  ...['train', 'valid'].flatMap((dataset) => [
    ...norms(`${dataset}_h0_col`, [1, 2]),
    ...norms(`${dataset}_h0_row`, [3, 4]),
    ...norms(`${dataset}_y_col`, [5, 6]),
  ]),
];

describe('plots/norms', () => {
  it('draws a panel for rows and one for columns, a band for each layer, on one dataset', () => {
    const [columns, rows, ...others] = panels(normCurves(channels));
    assert.deepEqual([columns.title.text, rows.title.text, others], ['col_norms', 'row_norms', []]);
    assert.deepEqual(columns.data.values, [
      { x: 0, low: 0.5, y: 1, high: 2, of: 'h0' },
      { x: 1, low: 1, y: 2, high: 4, of: 'h0' },
      { x: 0, low: 2.5, y: 5, high: 10, of: 'y' },
      { x: 1, low: 3, y: 6, high: 12, of: 'y' },
    ]);
  });

  it('compiles, and its picture has a band and three lines for each layer', async () => {
    const chart = normCurves(channels, { x: 'batches' });
    assert.doesNotThrow(() => compile(chart.spec));
    const svg = await chart.toSvg();
    assert.equal(svg.match(/aria-roledescription="area mark"/g)?.length, 3);
    assert.equal(svg.match(/aria-roledescription="line mark"/g)?.length, 9);
    assert.ok(svg.includes('>col_norms<') && svg.includes('>h0<') && svg.includes('>batches<'));
  });

  it('sends at most 2,000 points, the first and the last among them', () => {
    const long = norms(
      'h0_col',
      Array.from({ length: 9001 }, (_, i) => i + 1),
    );
    const [{ data }] = panels(normCurves(long));
    assert.equal(data.values.length, MAX_POINTS);
    assert.deepEqual([data.values[0].x, data.values.at(-1)?.x], [0, 9000]);
  });

  it('says the last norms as text, and when there are none', () => {
    assert.match(
      normCurves(channels).toString(),
      /^ +smallest +mean +largest\nh0 col_norms +1 +2 +4\n/,
    );
    assert.throws(() => normCurves([channel('objective', [1])]), /end in `norms_mean`/);
  });
});
