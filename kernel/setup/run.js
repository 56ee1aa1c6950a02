/** @file Running other programs: progress to the person, the last words kept for the diagnosis. */
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { signals } = require('node:os').constants;
const path = require('node:path');
const { diagnose } = require('./failure');
const { say, seconds } = require('./log');
const { noteChild, forgetChild } = require('./lock');

const KEPT = 16_000;
const HEARTBEAT_MS = 15_000;
/** What a signal is sent to, by child: the process, or minus the group that it leads. */
const running = new Map();

/** @returns {string | undefined} The program's full path, looked up as a shell would. */
function which(name) {
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @returns {string | undefined} Standard output of a quick program; undefined when it fails. */
function ask(program, args, options = {}) {
  const answer = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, ...options });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/** Starts a program that the signals know of; a detached one, with its own programs, the locks too. */
function start(program, args, options) {
  const child = spawn(program, args, options);
  if (child.pid !== undefined) {
    running.set(child, options.detached ? -child.pid : child.pid);
    if (options.detached) noteChild(child.pid);
  }
  return child;
}

/** @returns {Promise<number>} The exit status; 128 + n for signal n, 127 when it cannot start. */
function ended(child) {
  return new Promise((resolve) => {
    const finish = (status) => {
      if (running.delete(child)) forgetChild(child.pid);
      resolve(status);
    };
    child.once('error', () => finish(127));
    child.once('close', (code, signal) => finish(code ?? 128 + (signals[signal] ?? 0)));
  });
}

/** Tells every now and then that a silent program is still at work. */
function heartbeat(what) {
  const begun = Date.now();
  const timer = setInterval(() => say(`  ... ${what} (${seconds(begun)} so far)`), HEARTBEAT_MS);
  return () => clearInterval(timer);
}

/**
 * Runs a program to its end; its output goes on to the person, unless `quiet`.
 * @param {string} what Names the work in messages.
 * @throws {SetupError} When it fails, with its last words and what to do.
 */
async function run(what, program, args, { quiet = false, ...options } = {}) {
  const stdio = ['ignore', 'pipe', 'pipe'];
  const child = start(program, args, { ...options, stdio, detached: true });
  const stop = heartbeat(what);
  let tail = '';
  const keep = (sink) => (chunk) => {
    if (!quiet) sink.write(chunk);
    tail = (tail + chunk).slice(-KEPT);
  };
  child.stdout.on('data', keep(process.stdout));
  child.stderr.on('data', keep(process.stderr));
  child.once('error', (error) => (tail += error.message));
  const status = await ended(child);
  stop();
  if (status !== 0) throw diagnose(what, tail);
  return tail;
}

/** Runs a program on the person's own terminal. @returns {Promise<number>} Its exit status. */
function hand(program, args, options = {}) {
  return ended(start(program, args, { stdio: 'inherit', ...options }));
}

function tell(target, signal) {
  try {
    process.kill(target, signal);
  } catch {
    // It has just ended.
  }
}

/** A kill of npm ends the shell between npm and us, which tells us nothing: we see that it is gone. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const look = () => process.ppid === shell || process.kill(process.pid, 'SIGTERM');
  setInterval(look, 500).unref();
}

/** Ctrl-C and kill take the programs along. The locks stay: they count until all those are dead. */
function endOnSignals() {
  endWithNpm();
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => {
      for (const target of running.values()) tell(target, signal);
      process.exit(status);
    });
  }
}

module.exports = { which, ask, run, hand, endOnSignals };
