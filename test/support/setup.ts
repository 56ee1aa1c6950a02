/**
 * @file Help for testing the set-up (kernel/setup, plain JavaScript): clones that hold nothing else,
 * programs on PATH that pretend to be Python, and processes of their own.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The clone that the tests lie in. */
export const root = resolve(__dirname, '..', '..');

/** Loads a module of a clone's set-up; `T` is what the test takes of it. */
export function setupModule<T>(name: string, clone = root): T {
  return createRequire(__filename)(join(clone, 'kernel', 'setup', name)) as T;
}

/** Makes a clone at `folder` that holds the set-up and the lockfile, and no source to compile. */
export function smallClone(folder: string): string {
  const parts = ['kernel/setup', 'kernel/lab', 'kernel/bin', 'package.json', 'package-lock.json'];
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'src'));
  return folder;
}

/** What an interpreter answers when the set-up asks it about itself. */
export interface PythonAnswer {
  version: [number, number, number];
  venv: boolean;
  pip: boolean;
}

/**
 * Writes a program that answers as a Python would.
 * @param pip - JavaScript that plays `python -m pip download`; `dest` is the folder to fill.
 * @returns Its path, `python3` in `folder`.
 */
export function fakePython(folder: string, answer: PythonAnswer, pip = ''): string {
  const file = join(folder, 'python3');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    `#!${process.execPath}
    const fs = require('node:fs');
    const args = process.argv.slice(2);
    if (args[0] === '-c') {
      console.log(JSON.stringify(${JSON.stringify({ ...answer, executable: file, prefix: folder })}));
    } else {
      const dest = args[args.indexOf('--dest') + 1];
      ${pip}
    }`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** A process that ended. */
export interface Ended {
  status: number | null;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
}

/** Starts Node with an environment that differs from ours in `env`. */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
}

/** Waits for the process and gathers what it says. */
export function ended(child: ChildProcess): Promise<Ended> {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text) => (said.out += text));
  child.stderr?.on('data', (text) => (said.err += text));
  return new Promise((settle) => child.once('close', (status) => settle({ status, ...said })));
}

/** Runs Node to its end. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(startNode(args, env));
}
