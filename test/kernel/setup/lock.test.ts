import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, root, startNode } from '../../support/setup';
import { temporaryFolder } from '../../support/temporary';

const lockModule = JSON.stringify(join(root, 'kernel', 'setup', 'lock.js'));
const runModule = JSON.stringify(join(root, 'kernel', 'setup', 'run.js'));

/** A program that takes the lock, then does `work`, JavaScript that may await. */
function holder(lock: string, work: string): string[] {
  const program = `const fs = require('node:fs');
    const { setTimeout: sleep } = require('node:timers/promises');
    require(${lockModule}).withLock(${JSON.stringify(lock)}, async () => { ${work} });`;
  return ['-e', program];
}

describe('kernel/setup/lock', () => {
  const path = temporaryFolder();

  it('lets one process after the other in', async () => {
    const diary = JSON.stringify(path('diary'));
    const note = (what: string): string => `fs.appendFileSync(${diary}, '${what} ');`;
    const work = `${note('in')} await sleep(150); ${note('out')}`;
    const runs = [1, 2, 3].map(() => ended(startNode(holder(path('turns'), work))));
    const results = await Promise.all(runs);
    assert.deepEqual(
      results.map(({ status }) => status),
      [0, 0, 0],
    );
    assert.equal(readFileSync(path('diary'), 'utf8'), 'in out in out in out ');
  });

  it('is free again when its holder was killed', async () => {
    const forever = "console.log('in'); setInterval(() => {}, 1000); await new Promise(() => {});";
    const killed = startNode(holder(path('killed'), forever));
    await once(killed.stdout!, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const next = await ended(startNode(holder(path('killed'), "console.log('mine');")));
    assert.match(next.out, /^mine$/m);
    assert.doesNotMatch(next.out, /waiting/);
  });

  it('waits for the program that a killed holder had started', async () => {
    const started = path('started');
    writeFileSync(started, '');
    const child = `setTimeout(() => require('fs').appendFileSync(${JSON.stringify(started)}, 'whole'), 800)`;
    const work = `const { run } = require(${runModule});
      const running = run('a child', process.execPath, ['-e', ${JSON.stringify(child)}]);
      console.log('in');
      await running;`;
    const killed = startNode(holder(path('orphan'), work));
    await once(killed.stdout!, 'data');
    killed.kill('SIGKILL');
    const tell = `console.log(fs.readFileSync(${JSON.stringify(started)}, 'utf8'));`;
    const next = await ended(startNode(holder(path('orphan'), tell)));
    assert.match(next.out, /another set-up .* waiting[^]*^whole$/m);
  });
});
