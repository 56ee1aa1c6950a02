import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { displaySymbol } from '../../src/utils/display';
import { compile, learningCurves, MAX_POINTS, VEGA_LITE } from '../../src/plots';
import { channel } from '../support/channel_records';
import { folderForEachTest } from '../support/temporary';

interface PanelSpec {
  title: { text: string };
  data: { values: { x: number; y: number | null; of?: string; on?: string }[] };
}

function panels(chart: { spec: unknown }): PanelSpec[] {
  return (chart.spec as { concat: PanelSpec[] }).concat;
}

const channels = [
  channel('train_objective', [2, 1, 0.5]),
  channel('valid_objective', [2.1, 1.2, 0.8]),
  channel('train_y_misclass', [0.9, 0.2, 0.1]),
  channel('valid_y_misclass', [0.9, 0.3, 0.2]),
  channel('train_y_nll', [2, 1, 0.5]),
  channel('valid_y_nll', [2.1, 1.2, 0.8]),
  channel('learning_rate', [0.1, 0.1, 0.1]),
];

describe('plots/learning_curves', () => {
  const file = folderForEachTest();

  it('draws a panel for objectives and one for misclassification, a curve for each dataset', () => {
    const [objective, misclass, ...others] = panels(learningCurves(channels));
    assert.deepEqual(
      [objective.title.text, misclass.title.text, others.length],
      ['objective', 'y_misclass', 0],
    );
    assert.deepEqual(objective.data.values.slice(2, 4), [
      { x: 2, y: 0.5, of: 'train' },
      { x: 0, y: 2.1, of: 'valid' },
    ]);
  });

  it('draws the likelihood too when it is not the objective under another name', () => {
    const decayed = channels.map((each) =>
      each.name.endsWith('objective') ? channel(each.name, [3, 2, 1]) : each,
    );
    const titles = panels(learningCurves(decayed)).map(({ title }) => title.text);
    assert.deepEqual(titles, ['objective', 'y_misclass', 'y_nll']);
  });

  it('counts what is asked for on the x axis', () => {
    const at = (x: 'batches' | 'examples' | 'seconds' | 'hours') =>
      panels(learningCurves(channels, { x }))[0].data.values[1].x;
    assert.deepEqual(
      [at('batches'), at('examples'), at('seconds'), at('hours')],
      [10, 100, 2, 0.000555556],
    );
  });

  it('sends at most 2,000 points and under 100 KB, however long the run', () => {
    const long = channels.map(({ name }) =>
      channel(
        name,
        Array.from({ length: 20000 }, (_, i) => Math.sin(i)),
      ),
    );
    const chart = learningCurves(long, { smoothing: 3 });
    const sent = panels(chart).reduce((sum, { data }) => sum + data.values.length, 0);
    assert.ok(sent <= MAX_POINTS && sent > MAX_POINTS * 0.9, `${sent} points`);
    assert.ok(JSON.stringify(chart.spec).length < 100_000 * 1.5);
  });

  it('compiles, and its picture has the marks: a line for each dataset in each panel', async () => {
    const chart = learningCurves(channels);
    assert.doesNotThrow(() => compile(chart.spec));
    const svg = await chart.toSvg();
    assert.match(svg, /^<svg/);
    assert.equal(svg.match(/aria-roledescription="line mark"/g)?.length, 4);
    assert.ok(svg.includes('>objective<') && svg.includes('>valid<'));
  });

  it('compiles with every option, a diverged channel and a log scale among them', async () => {
    const bad = [channel('train_objective', [1, NaN, 0, Infinity]), channels[1]];
    const chart = learningCurves(bad, { log: true, smoothing: 3, size: [400, 100], x: 'seconds' });
    assert.match(await chart.toSvg(), /line mark/);
    assert.deepEqual(
      panels(chart)[0]
        .data.values.slice(0, 4)
        .map(({ y }) => y),
      [1, null, 0.5, null],
    );
  });

  it('gives each of few epochs a tick, and none between them', async () => {
    const svg = await learningCurves(channels).toSvg();
    const labels = [...svg.matchAll(/role-axis-label.*?<\/g>/gs)][0][0].matchAll(
      />([^<]+)<\/text>/g,
    );
    assert.deepEqual(
      [...labels].map(([, label]) => label),
      ['0', '1', '2'],
    );
  });

  it('draws runs over each other: colours for runs, dashes for datasets', async () => {
    const slow = channels.map(({ name, valRecord }) =>
      channel(
        name,
        valRecord.map((value) => value * 2),
      ),
    );
    const monitor = { channels: new Map(slow.map((each) => [each.name, each])) };
    const chart = learningCurves({ fast: channels, slow: { monitor } });
    const [objective] = panels(chart);
    assert.deepEqual(
      objective.data.values.filter(({ x }) => x === 2).map(({ of, on, y }) => [of, on, y]),
      [
        ['fast', 'train', 0.5],
        ['fast', 'valid', 0.8],
        ['slow', 'train', 1],
        ['slow', 'valid', 1.6],
      ],
    );
    const svg = await chart.toSvg();
    const lines = [...svg.matchAll(/<path [^>]*"line mark"[^>]*>/g)].map(([path]) => path);
    const look = (line: string) =>
      [/stroke="([^"]+)"/, /stroke-dasharray="([^"]+)"/].map((key) => key.exec(line)?.[1]);
    assert.equal(new Set(lines.map((line) => look(line).join())).size, 4);
    assert.ok(['>fast<', '>slow<', '>train<', '>valid<'].every((text) => svg.includes(text)));
    assert.match(chart.toString(), /fast train +fast valid +slow train +slow valid/);
  });

  it('says which run was not monitored', () => {
    assert.throws(() => learningCurves({ one: channels, two: {} }), /two was not monitored/);
  });

  it('marks where a channel is lowest, in words too', async () => {
    const bumpy = [
      channel('train_objective', [3, 2, 1, 0]),
      channel('valid_objective', [3, 1, NaN, 2]),
    ];
    const chart = learningCurves(bumpy, { best: 'valid_objective', x: 'batches' });
    const { layer, title } = panels(chart)[0] as PanelSpec & {
      layer: { mark: { type: string }; data?: { values: unknown[] } }[];
    };
    const values = (type: string) =>
      layer.find(({ mark, data }) => data && mark.type === type)?.data;
    assert.deepEqual(values('point'), { values: [{ x: 10, y: 1, of: 'valid' }] });
    assert.deepEqual(values('rule'), { values: [{ x: 10 }] });
    assert.deepEqual(title, { ...title, subtitle: 'lowest 1 at 10 batches' });
    assert.match(chart.toString(), /valid_objective: lowest 1 at 10 batches$/);
    assert.throws(
      () => learningCurves(bumpy, { best: 'valid_objectiv' }),
      /no channel `valid_objectiv`. Did you mean `valid_objective`/,
    );
  });

  it('draws a lone curve in the first colour of all charts', async () => {
    const svg = await learningCurves([channel('train_objective', [2, 1])]).toSvg();
    assert.match(svg, /"line mark"[^>]*stroke="#0077bb"/);
  });

  it('has no background, so that it shows on light and dark pages', async () => {
    const { config } = learningCurves(channels).spec as { config: { background: string } };
    assert.equal(config.background, 'transparent');
    assert.ok(
      !/<rect width="\d+" height="\d+" fill="white"/.test(await learningCurves(channels).toSvg()),
    );
  });

  it('shows itself as Vega-Lite 5, SVG and text, and never as HTML', async () => {
    const bundle = await learningCurves(channels)[displaySymbol]();
    assert.deepEqual(Object.keys(bundle).sort(), [VEGA_LITE, 'image/svg+xml', 'text/plain']);
    assert.equal(
      bundle['text/plain'],
      ['            train  valid', 'objective     0.5    0.8', 'y_misclass    0.1    0.2'].join(
        '\n',
      ),
    );
  });

  it('puts a notice where nobody overlooks it: title, picture, text', async () => {
    const chart = learningCurves(channels, { notice: 'synthetic digits' });
    assert.match(await chart.toSvg(), /synthetic digits/);
    const titled = learningCurves(channels, { notice: 'synthetic digits', title: 'my run' });
    assert.match(await titled.toSvg(), /my run.*synthetic digits/s);
    assert.match(chart.toString(), /^synthetic digits\n/);
  });

  it('saves SVG and Vega-Lite, and says what it cannot save', async () => {
    const chart = learningCurves(channels);
    await chart.save(file('a.svg'));
    await chart.save(file('a.json'));
    assert.match(readFileSync(file('a.svg'), 'utf8'), /^<svg/);
    assert.deepEqual(JSON.parse(readFileSync(file('a.json'), 'utf8')), chart.spec);
    await assert.rejects(chart.save(file('a.gif')), /expected a name in .svg, .png or .json/);
  });
});
