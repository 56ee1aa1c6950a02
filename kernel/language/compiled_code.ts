/**
 * @file Loads a large module of JavaScript with the bytecode that an earlier process kept of it in
 * the user's cache: V8 need not compile it anew, which for the compiler takes a tenth of a second.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { kernelCache } from '../paths';

/** Where the bytecode is kept: of this very text, for this very Node. */
function cacheFile(file: string, text: string): string {
  const key = createHash('sha256').update(text).update(process.version).update(process.arch);
  const name = `${path.parse(file).name}-${key.digest('hex').slice(0, 16)}.bin`;
  return path.join(kernelCache(), name);
}

function tryRead(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all; without room or the right to write there, starts take a little longer. */
function tryWrite(file: string, data: Buffer): void {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(beside, data);
    renameSync(beside, file);
  } catch {
    return;
  }
}

/**
 * Loads a module as `require` does, for everybody in this process. The bytecode is kept right after:
 * with that of all functions that a kernel's start runs, reading it takes longer than it saves.
 * @param file - Absolute path of the module, CommonJS.
 * @returns What it exports.
 */
export function requireKept(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  const kept = cacheFile(file, text);
  const cachedData = tryRead(kept);
  const script = new vm.Script(Module.wrap(text), { filename: file, cachedData });
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  const run = script.runInThisContext() as (...parameters: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
  module.loaded = true;
  if (!cachedData || script.cachedDataRejected) tryWrite(kept, script.createCachedData());
  return module.exports;
}
