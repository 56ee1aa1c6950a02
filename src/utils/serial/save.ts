/** @file Saving to files. Port of the writing half of pylearn2/utils/serial.py. */
import * as fs from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors';
import { optionsOf, parseOptions } from '../options';
import { keepBackup, writeAtomically } from './atomic_write';
import { toBytes } from './object_file';
import { expandPath } from '../paths';

export interface SaveOptions {
  /** `backup` keeps the old file under the name `<path>.bak` until the new one is in place. */
  onOverwrite?: 'ignore' | 'backup';
}

const schema = optionsOf<SaveOptions>()({
  onOverwrite: z.enum(['ignore', 'backup']).default('ignore'),
});

/**
 * Saves an object and all that it leads to: models, monitors, lists, maps, arrays, numbers. What
 * was one object is one again after loading. The format is the same whatever the suffix. A crash
 * at any moment leaves the old file or the new one. Missing folders are made.
 * @param path - May have `${VAR}` in it.
 * @throws Tslearn2Error naming the way to what cannot be saved; the old file is left as it was.
 */
export function save(path: string, object: unknown, options: SaveOptions = {}): void {
  const { onOverwrite } = parseOptions(schema, options, 'utils.serial.save');
  const target = expandPath('utils.serial.save', path);
  const pieces = toBytes(object);
  try {
    refuseFolder(target);
    replace(target, pieces, onOverwrite === 'backup' && fs.existsSync(target));
  } catch (cause) {
    throw new DataError(`utils.serial.save: cannot write \`${target}\`: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** Makes a folder, and those above it, if need be. */
export function mkdir(path: string): void {
  const target = expandPath('utils.serial.mkdir', path);
  try {
    fs.mkdirSync(target, { recursive: true });
  } catch (cause) {
    throw new DataError(`utils.serial.mkdir: cannot make \`${target}\`: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function replace(target: string, pieces: readonly Uint8Array[], keepsOld: boolean): void {
  const backup = `${target}.bak`;
  if (keepsOld) keepBackup(target, backup);
  writeAtomically(target, pieces);
  if (keepsOld) fs.rmSync(backup, { force: true });
}

function refuseFolder(path: string): void {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) throw new Error('it is a folder.');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
