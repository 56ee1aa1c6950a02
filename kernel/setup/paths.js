/** @file Where things are: in the clone, and in the user's cache. */
'use strict';

const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const venv = path.join(root, '.venv');

/** The user's cache folder of this project, shared by all clones. */
function cacheFolder() {
  const home = process.env.XDG_CACHE_HOME;
  const base = home && path.isAbsolute(home) ? home : path.join(os.homedir(), '.cache');
  return path.join(base, 'tslearn2');
}

module.exports = {
  root,
  state: path.join(root, '.tslearn2'),
  modules: path.join(root, 'node_modules'),
  dist: path.join(root, 'dist'),
  notebooks: path.join(root, 'notebooks'),
  venv,
  venvPython: path.join(venv, 'bin', 'python'),
  cacheFolder,
};
