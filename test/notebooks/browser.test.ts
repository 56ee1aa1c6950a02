import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { chromiumPath, JupyterLab } from '../support/jupyter_lab';

const notebooks = resolve(__dirname, '../../notebooks');
/** A folder in which to leave screenshots to look at. */
const { SCREENSHOTS } = process.env;

/** The pictures of the charts in a cell as they are now. */
async function charts(cell: Locator): Promise<string[]> {
  return cell
    .locator('.vega-embed canvas, .vega-embed svg.marks')
    .evaluateAll((elements) =>
      elements.map((element) =>
        'toDataURL' in element
          ? (element as unknown as { toDataURL(): string }).toDataURL()
          : element.outerHTML,
      ),
    );
}

async function screenshot(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, name) });
}

describe('notebooks in a browser', function () {
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
    folder = mkdtempSync(join(tmpdir(), 'tslearn2-browser-'));
    for (const name of ['softmax_regression.ipynb', 'softmax_regression.yaml']) {
      copyFileSync(join(notebooks, name), join(folder, name));
    }
    lab = await JupyterLab.start(folder);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser?.close();
    await lab?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('the softmax tutorial draws its curves while it trains, and runs to its end', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(`${lab.url}/lab/tree/softmax_regression.ipynb`);
    await page.getByText('TypeScript (tslearn2) | Idle').waitFor({ timeout: 60000 });
    await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Run$/ }).click();
    await page.locator('[data-command="runmenu:run-all"]').click();

    const cell = page.locator('.jp-CodeCell', { hasText: 'await training.mainLoop()' }).first();
    const progress = cell.getByText(/epoch.* batch/).first();
    await progress.waitFor({ timeout: 120000 });
    await cell.scrollIntoViewIfNeeded();

    // What the chart looked like, and when, as long as the cell runs.
    const seen = new Set<string>();
    const prompt = cell.locator('.jp-InputArea-prompt');
    while ((await prompt.textContent())?.includes('*')) {
      for (const chart of await charts(cell)) seen.add(chart);
      if (seen.size >= 4) await screenshot(page, 'training.png');
      await page.waitForTimeout(250);
    }
    assert.ok(seen.size >= 4, `the chart looked in ${seen.size} ways while training ran`);
    assert.match((await progress.textContent()) ?? '', /\d+ epochs/);
    await page.waitForTimeout(1000);
    await screenshot(page, 'trained.png');
  });
});
