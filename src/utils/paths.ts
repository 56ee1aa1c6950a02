/** @file Paths as people write them: variables in them, and names that nothing has. */
import * as fs from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { expandVariables } from './environment';
import { DataError } from './errors';
import { didYouMean } from './match';

/** Folders with more entries are not searched for a name that was meant. */
const MANY = 1000;

/** Puts in `${VAR}`. @throws {@link DataError} when a variable is not set. */
export function expandPath(where: string, path: string): string {
  return expandVariables(path, {}, (reason) => new DataError(`${where}: ${reason}`));
}

/** @throws {@link DataError} when there is no such file, with the nearest name that there is. */
export function expectFile(where: string, path: string): void {
  const stat = statOf(path);
  if (stat === undefined) throw new DataError(`${where}: ${describeMissing(path)}`);
  if (stat.isDirectory()) throw new DataError(`${where}: \`${path}\` is a folder, not a file.`);
}

function describeMissing(path: string): string {
  if (statOf(path, fs.lstatSync)?.isSymbolicLink() === true) {
    return `\`${path}\` is a link to a file that does not exist.`;
  }
  const parent = dirname(path);
  const stat = statOf(parent);
  if (stat === undefined) return describeMissing(parent);
  if (!stat.isDirectory()) return `\`${parent}\` is not a folder.`;
  return `\`${parent}\` has no \`${basename(path)}\`.${nearestFile(path, parent)}`;
}

/** The most similar name of the same kind of file. */
function nearestFile(path: string, parent: string): string {
  const names = fs.readdirSync(parent).filter((name) => extname(name) === extname(path));
  return names.length <= MANY ? didYouMean(basename(path), names) : '';
}

/** Undefined where there is nothing, or what should be a folder is none. */
function statOf(
  path: string,
  stat: (path: string) => fs.Stats = fs.statSync,
): fs.Stats | undefined {
  try {
    return stat(path);
  } catch {
    return undefined;
  }
}
