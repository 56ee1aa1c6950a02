import assert from 'node:assert/strict';
import { setupModule } from '../../support/setup';

const { labArguments } = setupModule<{
  labArguments(own: readonly string[], isRoot: boolean): string[];
}>('start.js');

describe('kernel/setup/start', () => {
  it('opens the tutorials, with what the person says last, where it decides', () => {
    const [module, lab, folder, ...own] = labArguments(['--no-browser', '--port', '8899'], false);
    assert.deepEqual([module, lab], ['-m', 'jupyterlab']);
    assert.match(folder, /^--ServerApp\.root_dir=.*notebooks$/);
    assert.deepEqual(own, ['--no-browser', '--port', '8899']);
  });

  it('opens another folder when the person names one', () => {
    const given = labArguments(['--notebook-dir=/lab'], false);
    assert.deepEqual(given, ['-m', 'jupyterlab', '--notebook-dir=/lab']);
  });

  it('lets root in without being told, and says so only once', () => {
    const allowing = (own: string[], isRoot: boolean): number =>
      labArguments(own, isRoot).filter((arg) => arg === '--allow-root').length;
    assert.equal(allowing([], true), 1);
    assert.equal(allowing(['--allow-root'], true), 1);
    assert.equal(allowing([], false), 0);
  });
});
