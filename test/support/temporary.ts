/** @file Folders for the files of tests, gone afterwards. Call both within `describe`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tells paths in a folder. */
export type Place = (name: string) => string;

function folderBetween(begin: Mocha.HookFunction, end: Mocha.HookFunction): Place {
  let folder = '';
  begin(() => {
    folder = mkdtempSync(join(tmpdir(), 'tslearn2-test-'));
  });
  end(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

/** One folder for all tests of the surrounding `describe`. */
export function temporaryFolder(): Place {
  return folderBetween(before, after);
}

/** A folder of its own for each test. */
export function folderForEachTest(): Place {
  return folderBetween(beforeEach, afterEach);
}
