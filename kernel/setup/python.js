/** @file Finding the Python that JupyterLab will run on. */
'use strict';

const { SetupError } = require('./failure');
const { ask, which } = require('./run');

const OLDEST = [3, 10];
const NAMES = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)];
const QUESTION = `
import importlib.util, json, sys
has = lambda name: importlib.util.find_spec(name) is not None
print(json.dumps({
    'version': list(sys.version_info[:3]), 'executable': sys.executable, 'prefix': sys.prefix,
    'venv': has('venv') and has('ensurepip'), 'pip': has('pip'),
}))`;

/**
 * @typedef {object} Python
 * @property {string} executable Full path.
 * @property {number[]} version Major, minor, micro.
 * @property {string} prefix Its `sys.prefix`.
 * @property {boolean} venv Can make virtual environments.
 * @property {boolean} pip Has pip.
 */

/** @returns {Python | undefined} What this interpreter says of itself. */
function askPython(program) {
  const answer = ask(program, ['-c', QUESTION]);
  return answer === undefined ? undefined : JSON.parse(answer);
}

const isNew = ({ version: [major, minor] }) =>
  major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);

/** Every different Python on PATH; TSLEARN2_PYTHON, if set, alone. */
function* pythons() {
  const names = process.env.TSLEARN2_PYTHON ? [process.env.TSLEARN2_PYTHON] : NAMES;
  for (const name of names) {
    const file = which(name);
    const python = file === undefined ? undefined : askPython(file);
    if (python) yield python;
  }
}

/** What is wrong with the Pythons that were seen, and what to do. */
function noPython(seen) {
  if (seen.length === 0) {
    return new SetupError(
      'no Python was found on PATH',
      'install Python 3.10 or later with pip and venv (Debian, Ubuntu: apt install python3 python3-pip python3-venv), or name one in TSLEARN2_PYTHON.',
    );
  }
  const version = seen[0].version.join('.');
  return seen.some(isNew)
    ? new SetupError(
        `Python ${version} has no venv module`,
        'install it (Debian, Ubuntu: apt install python3-venv) and run the command again.',
      )
    : new SetupError(
        `Python ${version} is too old; 3.10 or later is needed`,
        'install a newer Python beside it, or name one in TSLEARN2_PYTHON.',
      );
}

/**
 * The first Python that is new enough and can make a virtual environment.
 * @returns {Python}
 * @throws {SetupError} When there is none.
 */
function findPython() {
  const seen = [];
  for (const python of pythons()) {
    if (isNew(python) && python.venv) return python;
    seen.push(python);
  }
  throw noPython(seen);
}

module.exports = { findPython, askPython };
