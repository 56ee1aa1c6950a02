/** @file Step: the npm packages, exactly as the lockfile has them. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('./failure');
const { root, modules } = require('./paths');
const { run, which } = require('./run');
const { hashOfFile, readJson } = require('./stamp');

const lockfile = path.join(root, 'package-lock.json');
const installed = path.join(modules, '.package-lock.json');
const ownCommand = path.join(modules, '.bin', 'tslearn2');

/** npm's own record says that every package of the lockfile is there (npm writes it last). */
function isInstalled() {
  const wanted = Object.entries(readJson(lockfile)?.packages ?? {});
  const there = readJson(installed)?.packages;
  if (there === undefined) return false;
  return wanted.every(
    ([name, { version, optional }]) => name === '' || optional || there[name]?.version === version,
  );
}

/** The npm that runs us, else the one on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script) && fs.existsSync(script)) {
    return [process.execPath, script];
  }
  if (which('npm')) return ['npm'];
  throw new SetupError('npm was not found on PATH', 'install it (it comes with Node).');
}

/** `npx tslearn2` in the clone finds the clone's own command at once. */
function linkCommand() {
  fs.mkdirSync(path.dirname(ownCommand), { recursive: true });
  fs.rmSync(ownCommand, { force: true });
  fs.symlinkSync(path.join('..', '..', 'kernel', 'bin', 'tslearn2.js'), ownCommand);
}

async function install() {
  if (!isInstalled()) {
    const [program, ...args] = npm();
    const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm ci', program, [...args, ...options], { cwd: root });
  }
  linkCommand();
}

module.exports = {
  packages: {
    name: 'packages',
    title: 'installing the npm packages of the lockfile',
    inputs: () => [hashOfFile(lockfile), process.platform, process.arch],
    outputs: [installed, ownCommand],
    work: install,
  },
};
