import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath, JupyterLab } from '../support/jupyter_lab';

const notebooks = resolve(__dirname, '../../notebooks');
/** Where to leave screenshots; a temporary folder unless given. */
const { SCREENSHOTS } = process.env;

/** The pictures of all charts of the page as they are now. */
async function charts(page: Page): Promise<string[]> {
  return page.$$eval('.vega-embed canvas, .vega-embed svg.marks', (elements) =>
    elements.map((element) =>
      element instanceof HTMLCanvasElement ? element.toDataURL() : element.outerHTML,
    ),
  );
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
    await page.getByText('Run', { exact: true }).first().click();
    await page.getByText('Run All Cells', { exact: true }).click();

    const seen = new Set<string>();
    const progress = page.getByText(/epochs? · .* batch/).first();
    await progress.waitFor({ timeout: 120000 });
    await progress.scrollIntoViewIfNeeded();
    const running = () => page.locator('.jp-InputPrompt', { hasText: '[*]' }).count();
    const before = await running();
    // As long as the training cell and those behind it wait, the chart that changes is a live one.
    while ((await running()) === before) {
      for (const chart of await charts(page)) seen.add(chart);
      if (seen.size === 3)
        await page.screenshot({ path: join(SCREENSHOTS ?? folder, 'training.png') });
      await page.waitForTimeout(250);
    }
    assert.ok(seen.size >= 3, `the chart changed ${seen.size} times`);

    await page.waitForFunction(
      () =>
        ![...document.querySelectorAll('.jp-InputPrompt')].some((p) =>
          p.textContent?.includes('[*]'),
        ),
      undefined,
      { timeout: 180000 },
    );
    assert.equal(
      await page
        .locator(
          '.jp-RenderedText[data-mime-type*="stderr"], .jp-OutputArea-output pre:has-text("Error:")',
        )
        .count(),
      0,
    );
    await page.screenshot({ path: join(SCREENSHOTS ?? folder, 'end.png') });
  });
});
