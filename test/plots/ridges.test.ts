import assert from 'node:assert/strict';
import { compile, MAX_POINTS, ridgesChart, type RidgePanel } from '../../src/plots';

interface PanelSpec {
  title: { text: string };
  data: { values: { ridge: number; bin: number; count: number }[] };
}

function panels(chart: { spec: unknown }): PanelSpec[] {
  return (chart.spec as { concat: PanelSpec[] }).concat;
}

/** A panel with a ridge for each of some epochs, of so many bins. */
function panel(title: string, epochs: number, bins: number): RidgePanel {
  const ridges = Array.from({ length: epochs }, (_, epoch) => ({
    epoch,
    histogram: { low: -1 - epoch, high: 1, counts: Array.from({ length: bins }, (_, i) => i) },
  }));
  return { title, ridges };
}

const labelsIn = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, t]) => t);

describe('plots/ridges', () => {
  it('draws a panel for each name and a ridge for each epoch, the oldest on top', async () => {
    const chart = ridgesChart([panel('W', 3, 4), panel('b', 2, 4)], { title: 'weights' });
    assert.doesNotThrow(() => compile(chart.spec));
    const svg = await chart.toSvg();
    assert.equal(svg.match(/aria-roledescription="area mark"/g)?.length, 5);
    const labels = labelsIn(svg);
    assert.ok(['weights', 'W', 'b', 'epoch'].every((text) => labels.includes(text)));
    const places = [...svg.matchAll(/transform="translate\([-\d.]+,([\d.]+)\)"[^>]*>([012])</g)];
    const height = (label: string) => Number(places.find(([, , text]) => text === label)?.[1]);
    assert.ok(height('0') < height('1') && height('1') < height('2'), JSON.stringify(places));
  });

  it('tells the newest ridge from the oldest by colour', async () => {
    const svg = await ridgesChart([panel('W', 3, 4)], {}).toSvg();
    const fills = [...svg.matchAll(/<path[^>]*"area mark"[^>]*fill="([^"]+)"/g)].map(([, c]) => c);
    assert.deepEqual([fills[0], fills[2], new Set(fills).size], ['#808080', '#0077bb', 3]);
  });

  it('draws the first and the last epoch and few between them', () => {
    const [{ data }] = panels(ridgesChart([panel('W', 500, 8)], {}));
    assert.equal(new Set(data.values.map(({ ridge }) => ridge)).size, 10);
    assert.match(ridgesChart([panel('W', 500, 8)], {}).toString(), /W +499 +-500 +1$/);
  });

  it('sends at most 2,000 points and under 100 KB, however many panels', () => {
    for (const count of [1, 6, 60]) {
      const many = Array.from({ length: count }, (_, i) => panel(`W${i}`, 64, 32));
      const chart = ridgesChart(many, {});
      const sent = panels(chart).reduce((sum, { data }) => sum + data.values.length, 0);
      assert.ok(sent <= MAX_POINTS && sent > 300, `${sent} points in ${count} panels`);
      if (count < 60) assert.ok(JSON.stringify(chart.spec).length < 100_000);
    }
  });

  it('draws numbers that are all equal', async () => {
    const ridges = [{ epoch: 0, histogram: { low: 0, high: 0, counts: [0, 10, 0] } }];
    const svg = await ridgesChart([{ title: 'b', ridges }], {}).toSvg();
    assert.ok(!svg.includes('NaN') && svg.includes('area mark'));
  });
});
