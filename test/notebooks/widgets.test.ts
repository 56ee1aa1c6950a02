import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator } from 'playwright-core';
import { chromiumPath, JupyterLab } from '../support/jupyter_lab';

const { SCREENSHOTS } = process.env;

/** A notebook of ours with one code cell for each source. */
function notebook(sources: readonly string[]): string {
  const cells = sources.map((source, i) => {
    const rest = { metadata: {}, outputs: [], execution_count: null };
    return { id: `cell${i}`, cell_type: 'code', source, ...rest };
  });
  const kernelspec = { name: 'tslearn2', display_name: 'TypeScript (tslearn2)' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

const SETUP = `const rows = Array.from({ length: 40 }, (_, i) => [i % 2, 1, i / 40]);
const train = new Train({
  dataset: new DenseDesignMatrix({ X: rows, y: rows.map(([label]) => label), yLabels: 2 }),
  model: new SoftmaxRegression({ nvis: 3, nClasses: 2, irange: 0 }),
  algorithm: new SGD({ learningRate: 0.01, batchSize: 2 }),
  plot: false,
});
const rate = () => (train.algorithm as SGD).learningRate.getValue().data[0];
widgets.trainingControls(train)`;
const RUN = `const reason = await train.mainLoop();
console.log('ended:', reason, 'rate changed:', rate() !== Math.fround(0.01));`;
const OWN = `const counter = widgets.anywidget({ esm: \`export default { render({ model, el }) {
  const up = document.createElement('button');
  up.textContent = 'count ' + model.get('n');
  up.onclick = () => { model.set('n', model.get('n') + 1); model.save_changes(); };
  model.on('change:n', () => { up.textContent = 'count ' + model.get('n'); });
  el.append(up);
} }\` }, { n: 1 });
counter.onChange(({ n }) => { if (n === 2) counter.set({ n: 40 }); });
counter`;

describe('widgets in a browser', function () {
  this.timeout(300000);
  let lab: JupyterLab;
  let browser: Browser;
  let folder: string;

  before(async function () {
    const executablePath = chromiumPath();
    if (!executablePath) {
      if (process.env.CI) throw new Error('there is no chromium: install it, or set CHROMIUM');
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'tslearn2-widgets-'));
    writeFileSync(join(folder, 'widgets.ipynb'), notebook([SETUP, RUN, OWN]));
    lab = await JupyterLab.start(folder);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser?.close();
    await lab?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('a slider sets the learning rate of a running training, a button stops it; both outlast the page', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(`${lab.url}/lab/tree/widgets.ipynb`);
    await page.getByText('TypeScript (tslearn2) | Idle').waitFor({ timeout: 60000 });
    const cells = page.locator('.jp-CodeCell');
    const run = async (cell: Locator) => {
      await cell.locator('.cm-content').click();
      await page.keyboard.press('Shift+Enter');
    };

    await run(cells.nth(0));
    const stop = cells.nth(0).getByRole('button', { name: 'Stop training' });
    await stop.waitFor({ timeout: 60000 });
    await run(cells.nth(1));
    await cells.nth(1).locator('.jp-InputPrompt', { hasText: '[*]' }).waitFor();
    await page.waitForTimeout(1000);
    await cells.nth(0).locator('.noUi-handle').focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, 'widgets.png') });
    await stop.click();
    const ended = cells.nth(1).getByText('ended: interrupted rate changed: true');
    await ended.waitFor({ timeout: 30000 });

    await run(cells.nth(2));
    const count = cells.nth(2).getByRole('button', { name: /^count/ });
    await count.waitFor({ timeout: 30000 });
    await count.click();
    await cells.nth(2).getByRole('button', { name: 'count 40' }).waitFor({ timeout: 10000 });
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, 'widgets-end.png') });
    const errors = page.locator('.jp-RenderedText[data-mime-type*="stderr"]');
    assert.deepEqual(await errors.allTextContents(), []);

    // The page opened again has all of them, as they stand.
    await page.keyboard.press('Control+s');
    await page.locator('.jp-mod-dirty').waitFor({ state: 'detached' });
    await page.reload();
    await stop.waitFor({ timeout: 60000 });
    await cells.nth(2).getByRole('button', { name: 'count 40' }).click();
    await cells.nth(2).getByRole('button', { name: 'count 41' }).waitFor({ timeout: 10000 });
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, 'widgets-reopened.png') });
  });
});
