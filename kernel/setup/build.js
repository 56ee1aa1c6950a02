/** @file Step: the TypeScript of src/ and kernel/ compiled to dist/, all of it or nothing. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('./failure');
const { root, state, dist, modules } = require('./paths');
const { run } = require('./run');
const { hashOfFile } = require('./stamp');

const project = path.join('kernel', 'setup', 'tsconfig.build.json');
const settings = ['tsconfig.json', 'package-lock.json'];

/** Every source file, in the same order everywhere. */
function sources() {
  return ['src', 'kernel'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true })
      .map((name) => path.join(folder, name))
      .filter((name) => /\.(ts|json)$/.test(name))
      .sort(),
  );
}

/** Moves the new dist/ into the old one's place. */
function swapIn(fresh) {
  const old = path.join(state, 'dist-old');
  fs.rmSync(old, { recursive: true, force: true });
  if (fs.existsSync(dist)) fs.renameSync(dist, old);
  fs.renameSync(fresh, dist);
  fs.rmSync(old, { recursive: true, force: true });
}

async function build() {
  const fresh = path.join(state, 'dist-new');
  fs.rmSync(fresh, { recursive: true, force: true });
  const compiler = path.join(modules, 'typescript', 'bin', 'tsc');
  try {
    await run('tsc', process.execPath, [compiler, '-p', project, '--outDir', fresh], { cwd: root });
  } catch (error) {
    throw error.message.includes('error TS')
      ? new SetupError(
          'the TypeScript does not compile (see above)',
          'mend the errors and run again.',
        )
      : error;
  }
  swapIn(fresh);
}

module.exports = {
  build: {
    name: 'build',
    title: 'compiling the TypeScript',
    inputs: () =>
      [...settings, ...sources()].map((name) => [name, hashOfFile(path.join(root, name))]),
    outputs: [path.join(dist, 'kernel', 'main.js'), path.join(dist, 'src', 'index.js')],
    work: build,
  },
};
