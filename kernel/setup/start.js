/**
 * @file `npm start`: does all set-up that is not done, then opens JupyterLab on the tutorials. What
 * follows `--` goes to `jupyter lab`.
 */
'use strict';

require('./require_node');
const { main, setUp } = require('./index');
const { say } = require('./log');
const { notebooks, root, venvPython } = require('./paths');
const { hand } = require('./run');

/** JupyterLab's arguments: the person's own come last and decide. */
function labArguments(own, isRoot) {
  const chosen = own.some((arg) => /^--(ServerApp\.root_dir|notebook-dir)\b/.test(arg));
  return [
    ...['-m', 'jupyterlab'],
    ...(chosen ? [] : [`--ServerApp.root_dir=${notebooks}`]),
    ...(isRoot && !own.includes('--allow-root') ? ['--allow-root'] : []),
    ...own,
  ];
}

/** JupyterLab owns the terminal from here on: its Ctrl-C asks, ours must not end us before. */
async function start(own) {
  await setUp();
  process.removeAllListeners('SIGINT').on('SIGINT', () => {});
  say('starting JupyterLab on notebooks/ (stop it with Ctrl-C)');
  return hand(venvPython, labArguments(own, process.getuid?.() === 0), { cwd: root });
}

if (require.main === module) main(start);

module.exports = { labArguments };
