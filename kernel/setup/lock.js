/**
 * @file One set-up at a time. The lock is a file that names its owner and the programs the owner is
 * running, each the leader of a process group; it counts for nothing once all are dead, so a killed
 * set-up stands in nobody's way, and one whose pip or npm still writes is waited for.
 */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { say } = require('./log');
const { readJson } = require('./stamp');

const FOREIGN_STALE_MS = 60_000;
const BREAKER_STALE_MS = 10_000;
const held = new Set();

/**
 * A process as /proc knows it; undefined for one that has ended (though nobody has asked how: a
 * zombie), and where there is no /proc.
 */
function lookUp(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { group: Number(fields[2]), began: fields[19] };
  } catch {
    return undefined;
  }
}

/** `began` tells a process from a later one to which its number was given again. */
const identity = (pid) => ({ pid, began: lookUp(pid)?.began, leads: pid !== process.pid });

function groupLives(group) {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.some((pid) => lookUp(pid)?.group === group);
}

/** Is the process there, or any of the group that it leads or led? */
function isAlive({ pid, began, leads }) {
  try {
    process.kill(leads ? -pid : pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  if (began === undefined) return true;
  const now = lookUp(pid)?.began;
  return now === began || (leads && now === undefined && groupLives(pid));
}

/** Milliseconds since the file was last written; 0 when it is gone. */
function age(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}

/** Nobody who could still be writing holds it. Another host's processes cannot be asked. */
function isStale(file) {
  const owner = readJson(file);
  if (owner === undefined) return age(file) > BREAKER_STALE_MS;
  if (owner.host !== os.hostname()) return age(file) > FOREIGN_STALE_MS;
  return !owner.processes.some(isAlive);
}

/** For the person who waits: whose lock it is. */
function ownerOf(file) {
  return readJson(file)?.processes[0].pid ?? 'just ended';
}

class Lock {
  constructor(file) {
    this.file = file;
    this.children = new Set();
  }

  /** Waits until nobody else holds it. */
  async acquire() {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    for (let told = false; !this.tryToTake();) {
      if (isStale(this.file)) {
        this.breakStale();
      } else if (!told) {
        say(`another set-up (process ${ownerOf(this.file)}) is at work; waiting for it ...`);
        told = true;
      }
      await sleep(100);
    }
    held.add(this);
    this.pulse = setInterval(() => this.write(), 20_000).unref();
    return this;
  }

  /** A hard link appears whole or not at all, and never over another. */
  tryToTake() {
    const beside = this.writeBeside();
    try {
      fs.linkSync(beside, this.file);
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      return false;
    } finally {
      fs.rmSync(beside, { force: true });
    }
  }

  /** Only one breaker at a time looks again and removes, so that no live lock is removed. */
  breakStale() {
    const breaker = `${this.file}.break`;
    try {
      fs.closeSync(fs.openSync(breaker, 'wx'));
    } catch {
      if (age(breaker) > BREAKER_STALE_MS) fs.rmSync(breaker, { force: true });
      return;
    }
    if (isStale(this.file)) fs.rmSync(this.file, { force: true });
    fs.rmSync(breaker, { force: true });
  }

  writeBeside() {
    const beside = `${this.file}.${process.pid}`;
    const processes = [process.pid, ...this.children].map(identity);
    fs.writeFileSync(beside, JSON.stringify({ host: os.hostname(), processes }));
    return beside;
  }

  write() {
    fs.renameSync(this.writeBeside(), this.file);
  }

  release() {
    clearInterval(this.pulse);
    if (held.delete(this)) fs.rmSync(this.file, { force: true });
  }
}

/** Runs `work` while holding the lock at `file`. */
async function withLock(file, work) {
  const lock = await new Lock(file).acquire();
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Notes a running program, a group's leader, in every lock held: they cover what it writes. */
function noteChild(pid) {
  for (const lock of held) {
    lock.children.add(pid);
    lock.write();
  }
}

/** The program has ended. */
function forgetChild(pid) {
  for (const lock of held) {
    lock.children.delete(pid);
    lock.write();
  }
}

module.exports = { withLock, noteChild, forgetChild };
