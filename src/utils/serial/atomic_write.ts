/** @file Files that are written whole or not at all, whenever the process dies. */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes pieces to a file: beside it first, flushed to disk, then renamed over it. Whoever reads
 * the path meanwhile, or after a crash, finds the old file or the new one. Creates the folder.
 */
export function writeAtomically(path: string, pieces: readonly Uint8Array[]): void {
  const target = realPath(path);
  const folder = dirname(target);
  fs.mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFlushed(temporary, pieces);
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(folder);
}

/** Keeps a second name, or a copy, of a file while the file itself stays in place. */
export function keepBackup(path: string, backup: string): void {
  fs.rmSync(backup, { force: true });
  try {
    fs.linkSync(realPath(path), backup);
  } catch {
    fs.copyFileSync(path, backup); // a file system without hard links
  }
}

/** A link is followed, so that it stays one. */
function realPath(path: string): string {
  return fs.existsSync(path) ? fs.realpathSync(path) : path;
}

function writeFlushed(path: string, pieces: readonly Uint8Array[]): void {
  const file = fs.openSync(path, 'wx');
  try {
    for (const piece of pieces) writeWhole(file, piece);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** One call may write less than it is asked to, and no more than 2 GiB. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length;) {
    offset += fs.writeSync(file, bytes, offset, Math.min(bytes.length - offset, 2 ** 30));
  }
}

/** Puts the new name itself on disk, where the system lets folders be flushed. */
function flushFolder(folder: string): void {
  let file: number | undefined;
  try {
    file = fs.openSync(folder, 'r');
    fs.fsyncSync(file);
  } catch {
    // Some systems refuse; the file is whole all the same.
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
