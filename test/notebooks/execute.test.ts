import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderForEachTest } from '../support/temporary';

const root = resolve(__dirname, '../..');
const notebooks = readdirSync(join(root, 'notebooks')).filter((name) => name.endsWith('.ipynb'));

/** The pictures of a page, decoded where they are SVG. */
function pictures(page: string): string[] {
  const images = [...page.matchAll(/src="data:image\/(png|svg\+xml);base64,([\w+/=]+)"/g)];
  return images.map(([, kind, data]) =>
    kind === 'png' ? 'png' : Buffer.from(data, 'base64').toString(),
  );
}

describe('notebooks through Jupyter', function () {
  this.timeout(600000);
  const place = folderForEachTest();

  for (const name of notebooks) {
    it(`${name} runs from top to bottom and leaves a page with its pictures`, () => {
      const folder = place('');
      cpSync(join(root, 'notebooks'), folder, { recursive: true });
      const page = join(folder, 'page.html');
      const command = [join(root, 'kernel/bin/tslearn2.js'), 'notebook', join(folder, name)];
      const { status, stdout, stderr } = spawnSync(process.execPath, [...command, '--html', page], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${stdout}${stderr}`);
      const shown = pictures(readFileSync(page, 'utf8'));
      assert.ok(
        shown.some((image) => image.includes('<svg')),
        'no plot is in the page',
      );
      assert.ok(shown.includes('png'), 'no picture of examples or weights is in the page');
    });
  }
});
