/** @file A folder for files of a test, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call inside `describe`; gives a function that tells the path of a name in the folder. */
export function temporaryFolder(): (name: string) => string {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tslearn2-test-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}
