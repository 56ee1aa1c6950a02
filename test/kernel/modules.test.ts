import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sharedKernel } from '../support/shared_kernel';

/** Puts a package beside the notebook. */
async function addPackage(name: string, json: object, files: Record<string, string>) {
  const folder = path.join((await sharedKernel()).folder, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const whole = { ...files, 'package.json': JSON.stringify({ name, version: '1.0.0', ...json }) };
  for (const [file, text] of Object.entries(whole)) writeFileSync(path.join(folder, file), text);
}

async function value(code: string) {
  const { result, error } = await (await sharedKernel()).run(code);
  assert.equal(error, undefined);
  return result?.['text/plain'];
}

const TYPES = 'export declare const answer: number; declare const _: string; export default _;';

describe('kernel: packages', () => {
  before(async () => {
    const code = "export const answer = 42; export default 'whole';";
    const module = { type: 'module' };
    const entry = { types: './index.d.ts', import: './index.js' };
    const typed = { 'index.js': code, 'index.d.ts': TYPES };
    await addPackage('esm-plain', { ...module, exports: './index.js' }, { 'index.js': code });
    await addPackage('esm-deep', { ...module, exports: { './deep': entry } }, typed);
    const late = { ...typed, 'index.js': `await null; ${code}` };
    await addPackage('esm-late', { ...module, exports: { '.': entry } }, late);
  });

  it('imports ES modules, also those that declare no types', async () => {
    assert.equal(await value("import { answer } from 'esm-plain'; answer"), '42');
  });

  it('imports ES modules that await at their top, in every form', async () => {
    assert.equal(
      await value("import all, { answer } from 'esm-late'; [all, answer]"),
      "[ 'whole', 42 ]",
    );
    assert.equal(await value("import * as late from 'esm-late'; late.answer"), '42');
    assert.equal(await value("(await import('esm-late')).default"), "'whole'");
  });

  it('imports what a package offers for import only, with its types', async () => {
    assert.equal(
      await value("import { answer } from 'esm-deep/deep'; answer.toFixed(1)"),
      "'42.0'",
    );
    const { error } = await (await sharedKernel()).run('answer.length');
    assert.match(error?.evalue ?? '', /Property 'length' does not exist on type 'number'/);
  });

  it('knows the types of packages that the library uses as well, if the notebook has them', async () => {
    const json = { main: 'index.js', types: './index.d.ts' };
    const files = { 'index.js': 'exports.answer = 42;', 'index.d.ts': TYPES };
    await addPackage('zod', json, files);
    const kernel = await sharedKernel();
    assert.equal(await value("import { answer as own } from 'zod'; own"), '42');
    const { error } = await kernel.run('own.length');
    assert.match(error?.evalue ?? '', /Property 'length' does not exist on type 'number'/);
  });

  it('finds packages and modules that come while it runs', async () => {
    const kernel = await sharedKernel();
    const cell = "import { answer } from 'come-late'; answer";
    assert.equal((await kernel.run(cell)).reply.status, 'error');
    await addPackage('come-late', { main: 'index.js' }, { 'index.js': 'exports.answer = 42' });
    assert.equal(await value(cell), '42');
    writeFileSync(path.join(kernel.folder, 'outer.ts'), "export { inner } from './inner';");
    assert.equal(
      (await kernel.run("import { inner } from './outer'; inner")).reply.status,
      'error',
    );
    writeFileSync(path.join(kernel.folder, 'inner.ts'), 'export const inner = 43;');
    assert.equal(await value("import { inner } from './outer'; inner"), '43');
  });

  it('says where a package is imported that is not there', async () => {
    const { error } = await (await sharedKernel()).run("import { a } from 'nowhere-to-be-found';");
    assert.match(error?.evalue ?? '', /^In\[\d+\]:1:19 - Cannot find module 'nowhere-to-be-found'/);
  });
});
