import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../../src/utils/errors';
import { NdArray } from '../../../src/utils/nd_array';
import { load, mkdir, save, type SaveOptions } from '../../../src/utils/serial';
import { temporaryFolder } from '../../support/temporary';

describe('utils/serial: save', () => {
  const at = temporaryFolder();

  it('makes folders, and leaves nothing beside the file', () => {
    const value = { x: new NdArray(Float32Array.from([1, 2]), [1, 2]) };
    save(at('new/deeper/model.pkl'), value);
    assert.deepEqual(load(at('new/deeper/model.pkl')), value);
    assert.deepEqual(readdirSync(at('new/deeper')), ['model.pkl']);
    mkdir(at('new/deeper'));
    mkdir(at('other/a/b'));
    assert.ok(existsSync(at('other/a/b')));
  });

  it('writes one format whatever the suffix: other tools see named tensors', () => {
    for (const name of ['a.pkl', 'a.npy', 'a.json', 'a']) {
      save(at(name), { layers: [{ W: Float32Array.from([1]) }] });
      const file = readFileSync(at(name));
      const header = JSON.parse(file.subarray(8, 8 + Number(file.readBigUInt64LE())).toString());
      assert.deepEqual(Object.keys(header), ['__metadata__', 'object.layers[0].W']);
      assert.deepEqual(load(at(name)), { layers: [{ W: Float32Array.from([1]) }] });
    }
  });

  it('replaces what is there, with a backup only while it does', () => {
    save(at('b.pkl'), 1);
    for (const onOverwrite of ['ignore', 'backup'] as const) {
      save(at('b.pkl'), onOverwrite, { onOverwrite });
      assert.equal(load(at('b.pkl')), onOverwrite);
      assert.ok(!existsSync(at('b.pkl.bak')));
    }
    save(at('first.pkl'), 1, { onOverwrite: 'backup' });
    assert.equal(load(at('first.pkl')), 1);
  });

  it('follows a link and leaves it a link', () => {
    save(at('real.pkl'), 1);
    symlinkSync(at('real.pkl'), at('latest.pkl'));
    save(at('latest.pkl'), 2, { onOverwrite: 'backup' });
    assert.ok(lstatSync(at('latest.pkl')).isSymbolicLink());
    assert.equal(load(at('real.pkl')), 2);
  });

  it('leaves the old file when the new object cannot be saved', () => {
    save(at('c.pkl'), 'old');
    assert.throws(() => save(at('c.pkl'), { f: Symbol('x') }), /cannot save `object\.f`/);
    assert.equal(load(at('c.pkl')), 'old');
  });

  it('says why it cannot write', () => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), '');
    assert.throws(
      () => save(at('folder'), 1),
      /^DataError: utils\.serial\.save: cannot write `.*folder`: it is a folder\.$/,
    );
    assert.throws(
      () => save(at('file/x.pkl'), 1),
      /cannot write `.*file\/x\.pkl`: .*(ENOTDIR|EEXIST)/,
    );
    assert.throws(() => mkdir(at('file/x')), /utils\.serial\.mkdir: cannot make/);
    const wrong = { onOverwrite: 'copy' } as unknown as SaveOptions;
    assert.throws(() => save(at('c.pkl'), 1, wrong), /utils\.serial\.save: option `onOverwrite`/);
  });

  it('notices every changed bit of what it wrote, and every cut', () => {
    save(at('d.pkl'), { name: 'x', list: [1, 2], W: Float32Array.from([0.5, 1]) });
    const whole = readFileSync(at('d.pkl'));
    const expected = load(at('d.pkl'));
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(at('e.pkl'), whole.subarray(0, length));
      assert.throws(() => load(at('e.pkl')), DataError, `cut at ${length}`);
    }
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] ^= 1 << (bit & 7);
      writeFileSync(at('e.pkl'), damaged);
      try {
        assert.deepEqual(load(at('e.pkl')), expected, `bit ${bit}`); // padding may change
      } catch (error) {
        assert.ok(error instanceof DataError, `bit ${bit}: ${String(error)}`);
      }
    }
  });

  it('leaves the old file or the new one when the process is killed while it saves', async function () {
    this.timeout(120_000);
    const path = at('killed/model.pkl');
    save(path, 0);
    const script = `
      const { save } = require(${JSON.stringify(join(__dirname, '../../../src/utils/serial'))});
      for (let count = 1; ; count++) {
        const x = new Float32Array(200000).fill(count);
        save(${JSON.stringify(path)}, { count, x }, { onOverwrite: 'backup' });
        if (count === 1) process.stdout.write('saving');
      }`;
    let kills = 0;
    for (let i = 0; i < 30; i++) {
      const child = spawn(process.execPath, ['-r', 'tsx/cjs', '-e', script]);
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 50));
      child.kill('SIGKILL');
      const [, signal] = (await once(child, 'exit')) as [number | null, string];
      if (signal === 'SIGKILL') kills++;
      const { count, x } = load(path) as { count: number; x: Float32Array };
      assert.ok(count >= 1 && x.length === 200000 && x.every((value) => value === count));
    }
    assert.equal(kills, 30);
  });
});
