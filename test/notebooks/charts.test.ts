import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import {
  confusionChart,
  histogramOf,
  imagesChart,
  learningCurves,
  normCurves,
  ridgesChart,
} from '../../src/plots';
import { dataUrl, PatchViewer } from '../../src/gui';
import { NdArray } from '../../src/utils/nd_array';
import { channel } from '../support/channel_records';
import { writeChartNotebook, writeDarkSettings } from '../support/chart_notebook';
import { chromiumPath, JupyterLab } from '../support/jupyter_lab';

/** A folder in which to leave screenshots to look at. */
const { SCREENSHOTS } = process.env;
const epochs = Array.from({ length: 30 }, (_, i) => i);
const falling = (end: number) => epochs.map((i) => end + Math.exp(-i / 5));

const curves = [
  channel('train_objective', falling(0.1)),
  channel('valid_objective', falling(0.3)),
  channel('train_y_col_norms_mean', falling(2)),
];
const spread = (width: number) =>
  histogramOf(
    Array.from({ length: 500 }, (_, i) => width * Math.sin(i)),
    20,
  );
const url = dataUrl(new NdArray(Float32Array.of(-1, 1, 1, -1), [2, 2, 1]));
const image = (column: number) => ({
  row: 0,
  column,
  url,
  caption: 'A',
  facts: { example: column },
});

/** Sixteen patches: every second one black, the others white. */
const patches = new PatchViewer({ gridShape: [4, 4], patchShape: [28, 28], pad: [2, 2] });
for (let unit = 0; unit < 16; unit++) {
  const shades = new Float32Array(28 * 28).fill(unit % 2 === 0 ? -1 : 1);
  patches.addPatch(new NdArray(shades, [28, 28]), { facts: { unit, norm: 0.5 } });
}

const charts = {
  curves: learningCurves(curves, { best: 'valid_objective' }),
  runs: learningCurves({ one: curves, two: curves }, { smoothing: 3, log: true }),
  norms: normCurves(curves),
  ridges: ridgesChart(
    [{ title: 'W', ridges: [1, 2, 3].map((i) => ({ epoch: i, histogram: spread(i) })) }],
    { title: 'weights' },
  ),
  confusion: confusionChart({
    counts: [
      [9, 1],
      [2, 8],
    ],
    names: ['a', 'b'],
    title: '3 wrong',
  }),
  images: imagesChart([image(0), image(1)], { patch: [2, 2], title: 'two' }, 'two images'),
  patches,
};

/** The picture of a chart as it is now. */
async function pictureOf(chart: Locator): Promise<string> {
  return (await chart.screenshot()).toString('base64');
}

for (const theme of ['light', 'dark'] as const) {
  describe(`charts in JupyterLab, ${theme}`, function () {
    this.timeout(180000);
    let lab: JupyterLab;
    let browser: Browser;
    let page: Page;
    let folder: string;
    const faults: string[] = [];
    const settings = process.env.JUPYTERLAB_SETTINGS_DIR;

    const chartOf = (name: keyof typeof charts) =>
      page.locator('.jp-CodeCell', { hasText: `// ${name}` }).locator('.vega-embed');

    before(async function () {
      const executablePath = chromiumPath();
      if (!executablePath) {
        if (process.env.CI) throw new Error('there is no chromium: install it, or set CHROMIUM');
        this.skip();
      }
      folder = mkdtempSync(join(tmpdir(), 'tslearn2-charts-'));
      process.env.JUPYTERLAB_SETTINGS_DIR = join(folder, '.settings');
      if (theme === 'dark') writeDarkSettings(process.env.JUPYTERLAB_SETTINGS_DIR);
      await writeChartNotebook(folder, charts);
      lab = await JupyterLab.start(folder);
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      page = await browser.newPage({ viewport: { width: 1100, height: 2600 } });
      page.on('console', (message) => {
        if (/vega|infinite extent/i.test(message.text())) faults.push(message.text());
      });
      await page.goto(`${lab.url}/lab/tree/charts.ipynb`);
      // Which kernel? None.
      await page.locator('.jp-Dialog').waitFor({ timeout: 60000 });
      await page.keyboard.press('Escape');
      await page.locator('.jp-Dialog').waitFor({ state: 'detached' });
      page.setDefaultTimeout(20000);
    });

    after(async () => {
      if (settings === undefined) delete process.env.JUPYTERLAB_SETTINGS_DIR;
      else process.env.JUPYTERLAB_SETTINGS_DIR = settings;
      await browser?.close();
      await lab?.stop();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    it('draws every chart, without complaints', async () => {
      for (const name of Object.keys(charts) as (keyof typeof charts)[]) {
        await chartOf(name).locator('canvas, svg.marks').first().waitFor({ timeout: 60000 });
      }
      if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `charts-${theme}.png`) });
      assert.deepEqual(faults, []);
    });

    it('shows a tooltip on a cell of a confusion matrix', async () => {
      await chartOf('confusion')
        .locator('canvas, svg.marks')
        .hover({ position: { x: 50, y: 45 } });
      const tooltip = page.locator('#vg-tooltip-element.visible');
      await tooltip.waitFor();
      assert.match((await tooltip.textContent()) ?? '', /true.*a.*count.*9/s);
    });

    it('tells of a weight patch what it is, and zooms into it by the wheel', async () => {
      const chart = chartOf('patches').locator('canvas, svg.marks');
      await chart.scrollIntoViewIfNeeded();
      await chart.hover({ position: { x: 220, y: 60 } });
      const tooltip = page.locator('#vg-tooltip-element.visible');
      await tooltip.waitFor();
      assert.match((await tooltip.textContent()) ?? '', /unit.*1.*norm.*0\.5/s);
      const before = await pictureOf(chart);
      await page.keyboard.down('Alt');
      await page.mouse.wheel(0, -400);
      await page.keyboard.up('Alt');
      await page.waitForTimeout(300);
      if (SCREENSHOTS) await chart.screenshot({ path: join(SCREENSHOTS, `zoom-${theme}.png`) });
      assert.notEqual(await pictureOf(chart), before);
    });

    it('brings one curve forward by a click on its name, and zooms by a drag', async () => {
      const chart = chartOf('curves').locator('canvas, svg.marks');
      const all = await pictureOf(chart);
      await chart.click({ position: { x: 60, y: 12 } });
      await page.waitForTimeout(300);
      const one = await pictureOf(chart);
      assert.notEqual(one, all);
      const box = (await chart.boundingBox())!;
      await page.mouse.move(box.x + 150, box.y + 150);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + 170, { steps: 4 });
      await page.mouse.up();
      await page.waitForTimeout(300);
      assert.notEqual(await pictureOf(chart), one);
    });
  });
}
