/** @file Steps: a virtual environment in the clone with JupyterLab, and what the tests need. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root, venv, venvPython } = require('./paths');
const { findPython } = require('./python');
const { run } = require('./run');
const { hashOfFile } = require('./stamp');

const settings = path.join(venv, 'share', 'jupyter', 'lab', 'settings');
const overrides = path.join(__dirname, 'overrides.json');
/** In the environment itself: gone when it is made anew. */
const stamps = path.join(venv, '.tslearn2');
/** Away while pip writes: an environment that a killed pip left is made anew. */
const whole = path.join(stamps, 'whole');

/** Makes `.venv` unless a whole one is there. */
async function makeEnvironment() {
  if (fs.existsSync(venvPython) && fs.existsSync(whole)) return;
  const python = findPython();
  fs.rmSync(venv, { recursive: true, force: true });
  await run('making .venv', python.executable, ['-m', 'venv', venv]);
}

/** Installs a list of packages into `.venv` with pip as the user has configured it. */
async function install(list) {
  fs.rmSync(whole, { force: true });
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', list];
  const env = { ...process.env, PIP_USER: '0', PIP_TARGET: '', PIP_PREFIX: '' };
  await run('pip install', venvPython, args, { quiet: !process.stdout.isTTY, env });
  fs.mkdirSync(stamps, { recursive: true });
  fs.writeFileSync(whole, '');
}

/** JupyterLab asks nothing of the network by itself. */
function quieten() {
  fs.mkdirSync(settings, { recursive: true });
  fs.copyFileSync(overrides, path.join(settings, 'overrides.json'));
}

function stepFor(name, title, file, outputs) {
  const list = path.join(__dirname, file);
  return {
    name,
    title,
    folder: stamps,
    inputs: () => [root, ...[list, overrides].map(hashOfFile)],
    outputs: [venvPython, whole, ...outputs],
    async work() {
      await makeEnvironment();
      await install(list);
      quieten();
    },
  };
}

const lab = path.join(venv, 'bin', 'jupyter-lab');

module.exports = {
  jupyter: stepFor('jupyter', 'installing JupyterLab into .venv', 'requirements.txt', [lab]),
  jupyterTest: stepFor('jupyter-test', 'installing the test suite', 'requirements-test.txt', []),
};
