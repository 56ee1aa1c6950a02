import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../support/setup';
import { temporaryFolder } from '../support/temporary';

const module = JSON.stringify(join(__dirname, '..', '..', 'dist', 'kernel', 'language', 'compiled_code.js')); // prettier-ignore

describe('kernel/language/compiled_code', () => {
  const path = temporaryFolder();

  /** Loads a file in a process of its own; says what it computes and whether others get the same. */
  async function load(file: string, cache: string): Promise<string> {
    const program = `const { requireKept } = require(${module});
      const loaded = requireKept(${JSON.stringify(file)});
      console.log(loaded.double(4), require(${JSON.stringify(file)}) === loaded);`;
    const { out } = await runNode(['-e', program], { XDG_CACHE_HOME: cache });
    return out.trim();
  }

  const kept = (cache: string): string[] => readdirSync(join(cache, 'tslearn2', 'kernel'));

  function source(name: string, factor: number): string {
    const file = path(name);
    writeFileSync(file, `const os = require('node:os'); exports.double = (x) => ${factor} * x;`);
    return file;
  }

  it('keeps the bytecode for later processes, and apart that of another text', async () => {
    const cache = path('cache');
    const file = source('kept.js', 2);
    assert.equal(await load(file, cache), '8 true');
    const [first] = kept(cache);
    const { mtimeMs } = statSync(join(cache, 'tslearn2', 'kernel', first));
    assert.equal(await load(file, cache), '8 true');
    assert.deepEqual(kept(cache), [first]);
    assert.equal(statSync(join(cache, 'tslearn2', 'kernel', first)).mtimeMs, mtimeMs);
    source('kept.js', 3);
    assert.equal(await load(file, cache), '12 true');
    assert.equal(kept(cache).length, 2);
  });

  it('loads as well where what was kept is broken, and mends it', async () => {
    const cache = path('cache2');
    const file = source('broken.js', 2);
    await load(file, cache);
    const place = join(cache, 'tslearn2', 'kernel', kept(cache)[0]);
    const whole = readFileSync(place);
    writeFileSync(place, 'half of it');
    assert.equal(await load(file, cache), '8 true');
    assert.equal(readFileSync(place).length, whole.length);
  });

  it('loads where nothing can be written', async () => {
    const file = source('nowhere.js', 2);
    assert.equal(await load(file, source('file.js', 2)), '8 true');
  });
});
