/** @file Runs a notebook headless through the Jupyter of .venv and writes what it shows. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('./failure');
const { venv, venvPython } = require('./paths');
const { hand } = require('./run');

/**
 * @param {string} input The notebook's path.
 * @param {{html?: string, to?: string, timeout?: number, kernel?: string}} options Where to write
 *   the page and the executed notebook; seconds allowed to one cell; another kernel's name.
 * @returns {Promise<number>} The exit status: not 0 when a cell failed.
 */
async function runNotebook(input, { html, to, timeout, kernel }) {
  if (!fs.existsSync(input)) throw new SetupError(`there is no ${input}`, 'look at its spelling.');
  if (!fs.existsSync(path.join(venv, 'bin', 'jupyter-lab'))) {
    throw new SetupError('there is no JupyterLab in .venv', 'run `npm run setup` in the clone.');
  }
  const options = { html, to, timeout, kernel };
  const args = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [`--${name}`, String(value)]);
  // -B: no compiled files beside the sources.
  return hand(venvPython, ['-B', path.join(__dirname, 'run_notebook.py'), input, ...args]);
}

module.exports = { runNotebook };
