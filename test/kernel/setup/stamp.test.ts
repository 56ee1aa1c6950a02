import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupModule } from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

interface Step {
  name: string;
  title: string;
  folder: string;
  inputs: () => unknown;
  outputs: string[];
  work: () => Promise<{ until?: number } | void>;
}

const { perform, writeWhole, readJson } = setupModule<{
  perform(step: Step): Promise<boolean>;
  writeWhole(file: string, text: string): void;
  readJson(file: string): unknown;
}>('stamp.js');

describe('kernel/setup/stamp', () => {
  const path = temporaryFolder();
  let made = 0;

  /** A step that writes one file, in a folder of its own. */
  function stepIn(folder: string, changes: Partial<Step> = {}): Step {
    const output = join(path(folder), 'output');
    const work = async (): Promise<void> => {
      made += 1;
      mkdirSync(path(folder), { recursive: true });
      writeFileSync(output, '');
    };
    const step = { name: 'one', title: 'making one file', folder: path(folder), work };
    return { ...step, inputs: () => 'inputs', outputs: [output], ...changes };
  }

  beforeEach(() => {
    made = 0;
  });

  it('does a step once, and again only when its inputs changed', async () => {
    assert.equal(await perform(stepIn('once')), true);
    assert.equal(await perform(stepIn('once')), false);
    assert.equal(await perform(stepIn('once', { inputs: () => 'others' })), true);
    assert.equal(made, 2);
  });

  it('does a step again whose output is gone', async () => {
    await perform(stepIn('gone'));
    rmSync(join(path('gone'), 'output'));
    assert.equal(await perform(stepIn('gone')), true);
  });

  it('does a step again that failed half way after it had succeeded', async () => {
    const broken = async (): Promise<void> => {
      throw new Error('half way');
    };
    await perform(stepIn('half'));
    const changed = { inputs: () => 'changed' };
    await assert.rejects(perform(stepIn('half', { ...changed, work: broken })), /half way/);
    assert.equal(await perform(stepIn('half')), true);
  });

  it('takes an input that changed during the work for a changed one', async () => {
    let input = 'before';
    const step = stepIn('during', { inputs: () => input });
    const { work } = step;
    step.work = async () => {
      await work();
      input = 'after';
    };
    await perform(step);
    assert.equal(await perform(step), true);
    assert.equal(await perform(step), false);
  });

  it('tries a makeshift again when its time has passed', async () => {
    const lasting = (until: number): Partial<Step> => ({ work: async () => ({ until }) });
    const outputs = { outputs: [] };
    await perform(stepIn('later', { ...outputs, ...lasting(Date.now() + 60_000) }));
    assert.equal(await perform(stepIn('later', { ...outputs, ...lasting(0) })), false);
    await perform(stepIn('now', { ...outputs, ...lasting(Date.now() - 1) }));
    assert.equal(await perform(stepIn('now', outputs)), true);
  });

  it('refuses work that does not leave its outputs, and keeps no stamp of it', async () => {
    const step = stepIn('nothing', { work: async () => {} });
    await assert.rejects(perform(step), /output was not made/);
    assert.equal(existsSync(join(path('nothing'), 'stamps', 'one.json')), false);
  });

  it('takes a file that is not whole JSON for none', () => {
    writeWhole(path('torn.json'), '{"hash": "12');
    assert.equal(readJson(path('torn.json')), undefined);
  });
});
