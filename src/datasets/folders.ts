/** @file Where data are looked for and kept. */
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { cacheFolder } from '../utils/cache_folder';

/** `~` at the start of a path stands for the home folder. */
function expandHome(path: string): string {
  return /^~(?=$|[\\/])/.test(path) ? join(homedir(), path.slice(1)) : path;
}

/** The folder that PYLEARN2_DATA_PATH names; undefined when it names none. */
export function dataPath(): string | undefined {
  const path = process.env.PYLEARN2_DATA_PATH;
  return path ? resolve(expandHome(path)) : undefined;
}

/** A folder as people should read it: by the variable or the home folder that it lies in. */
export function showFolder(folder: string): string {
  const starts = [
    [dataPath(), '$PYLEARN2_DATA_PATH'],
    [homedir(), '~'],
  ] as const;
  for (const [start, name] of starts) {
    if (start && (folder === start || folder.startsWith(start + sep))) {
      return name + folder.slice(start.length);
    }
  }
  return folder;
}

/** The user's cache for data; need not exist yet. */
export function dataCache(): string {
  return cacheFolder('data');
}
