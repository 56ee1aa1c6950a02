/** @file The user's cache, as the XDG base directory specification has it. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** A folder of ours in the user's cache; need not exist yet. A relative XDG_CACHE_HOME counts for none. */
export function cacheFolder(name: string): string {
  const home = process.env.XDG_CACHE_HOME;
  const base = home && isAbsolute(home) ? home : join(homedir(), '.cache');
  return join(base, 'tslearn2', name);
}
