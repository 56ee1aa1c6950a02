/** @file One download at a time, over all processes of a user. */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataError } from '../../utils/errors';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function tryLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Milliseconds after which a lock without a name in it is taken for left behind. */
const NAMELESS = 5000;

/** Whether nobody holds the lock any more, though the file is there. */
function isStale(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  const pid = holder(path);
  return pid > 0 ? !isAlive(pid) : Date.now() - stat.mtimeMs > NAMELESS;
}

/** Who holds the lock; 0 when nobody has written his number yet, or when it was let go. */
function holder(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

/**
 * Runs `body` while holding a lock file; waits for another process that holds it.
 * @throws {@link DataError} when this very process holds it already.
 */
export async function withLock<T>(path: string, body: () => Promise<T>): Promise<T> {
  while (!tryLock(path)) {
    if (holder(path) === process.pid) {
      throw new DataError('this process is downloading them already');
    }
    if (isStale(path)) rmSync(path, { force: true });
    else await sleep(200);
  }
  try {
    return await body();
  } finally {
    rmSync(path, { force: true });
  }
}
