/** @file Where data are looked for and kept. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `~` at the start of a path stands for the home folder. */
function expandHome(path: string): string {
  return /^~(?=$|[\\/])/.test(path) ? join(homedir(), path.slice(1)) : path;
}

/** The folder that PYLEARN2_DATA_PATH names; undefined when it names none. */
export function dataPath(): string | undefined {
  const path = process.env.PYLEARN2_DATA_PATH;
  return path ? resolve(expandHome(path)) : undefined;
}

/** The user's cache for data; need not exist yet. */
export function dataCache(): string {
  const cache = process.env.XDG_CACHE_HOME;
  return join(cache ? resolve(cache) : join(homedir(), '.cache'), 'tslearn2', 'data');
}
