import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath, JupyterLab } from '../support/jupyter_lab';

const { SCREENSHOTS } = process.env;

/** Trains until a file is there, and then to the end of the epoch. */
const TRAINING = `import { existsSync } from 'node:fs';
class Until extends TrainExtension {
  override onMonitor() { return existsSync('stop') ? 'stop' : undefined; }
}
const rows = Array.from({ length: 4000 }, (_, i) => [i % 2, 1, i / 4000]);
const dataset = new DenseDesignMatrix({ X: rows, y: rows.map(([label]) => label), yLabels: 2 });
const training = new Train({
  dataset,
  model: new SoftmaxRegression({ nvis: 3, nClasses: 2, irange: 0 }),
  algorithm: new SGD({ learningRate: 0.01, batchSize: 2, monitoringDataset: dataset }),
  extensions: [new Until()],
});
await training.mainLoop();`;

/** A notebook with one code cell for each source. */
function notebook(sources: readonly string[]): string {
  const cells = sources.map((source, i) => {
    const rest = { metadata: {}, outputs: [], execution_count: null };
    return { id: `cell${i}`, cell_type: 'code', source, ...rest };
  });
  const kernelspec = { name: 'tslearn2', display_name: 'TypeScript (tslearn2)' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

describe('a notebook whose tab was closed', function () {
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
    folder = mkdtempSync(join(tmpdir(), 'tslearn2-reopen-'));
    writeFileSync(join(folder, 'training.ipynb'), notebook([TRAINING]));
    lab = await JupyterLab.start(folder);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser?.close();
    await lab?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function open() {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(`${lab.url}/lab/tree/training.ipynb`);
    const cell = page.locator('.jp-CodeCell').first();
    await cell.waitFor({ timeout: 60000 });
    return { page, cell, progress: cell.getByText(/epochs? .*batch/).first() };
  }

  it('shows the curves again, and goes on with them until training ends', async () => {
    const first = await open();
    await first.page.getByText('TypeScript (tslearn2) | Idle').waitFor({ timeout: 60000 });
    await first.cell.locator('.cm-content').click();
    await first.page.keyboard.press('Shift+Enter');
    await first.progress.waitFor({ timeout: 60000 });
    await first.page.close();

    const { page, cell, progress } = await open();
    await progress.waitFor({ timeout: 60000 });
    await cell.locator('.jp-InputPrompt', { hasText: '[*]' }).waitFor();
    const seen = await progress.textContent();
    // The line goes on: what was seen is not there any more.
    await progress.filter({ hasNotText: seen ?? '' }).waitFor({ timeout: 30000 });
    writeFileSync(join(folder, 'stop'), '');
    await cell.locator('.jp-InputPrompt', { hasText: '[1]' }).waitFor({ timeout: 60000 });
    await cell.getByText("'extension'").waitFor();
    assert.match((await progress.textContent()) ?? '', /^\d+ epochs? · [\d,]+ batches/);
    await cell.locator('.vega-embed canvas, .vega-embed svg.marks').first().waitFor();
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, 'reopened.png') });
  });
});
