/**
 * @file The Jupyter kernelspec, and the extension that lets a reopened page of JupyterLab catch up:
 * what they say, where Jupyter looks for them, putting and removing them.
 */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { SetupError } = require('./failure');
const { dist, venv } = require('./paths');
const { askPython } = require('./python');
const { which } = require('./run');
const { hashOfFile } = require('./stamp');

const NAME = 'tslearn2';
const logos = ['logo-svg.svg', 'logo-32x32.png', 'logo-64x64.png'];
const inData = ['kernels', NAME];
/** The extension, as JupyterLab finds it: no build, no package. */
const lab = path.join(__dirname, '..', 'lab');
const labInData = ['labextensions', NAME];
const labFiles = ['package.json', path.join('static', 'remote.js')];

const main = path.join(dist, 'kernel', 'main.js');

/**
 * What kernel.json says: this Node, this clone's kernel, interrupts by message. Node is not to end the
 * process where code that was stopped by force has left its stack of asynchronous contexts as it was.
 */
function kernelJson() {
  return {
    argv: [
      process.execPath,
      '--no-force-async-hooks-checks',
      main,
      '--connection',
      '{connection_file}',
    ],
    display_name: 'TypeScript (tslearn2)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

/**
 * Writes the kernelspec below a Jupyter data folder, whole: beside, then renamed.
 * @returns {string} The folder written.
 */
function writeKernelspec(data) {
  const folder = path.join(data, ...inData);
  const beside = `${folder}.${process.pid}.tmp`;
  fs.rmSync(beside, { recursive: true, force: true });
  fs.mkdirSync(beside, { recursive: true });
  fs.writeFileSync(path.join(beside, 'kernel.json'), `${JSON.stringify(kernelJson(), null, 2)}\n`);
  for (const logo of logos) {
    fs.copyFileSync(path.join(__dirname, 'logo', logo), path.join(beside, logo));
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(beside, folder);
  return folder;
}

/** Writes the extension below a Jupyter data folder. */
function writeLabExtension(data) {
  const folder = path.join(data, ...labInData);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(lab, folder, { recursive: true });
}

/** Writes all that a Jupyter data folder needs. @returns {string} The kernelspec's folder. */
function writeInto(data) {
  writeLabExtension(data);
  return writeKernelspec(data);
}

/** The user's own data folder, as jupyter_core finds it. */
function userData() {
  if (process.env.JUPYTER_DATA_DIR) return process.env.JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Jupyter');
  const home = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return path.join(home, 'jupyter');
}

/** The interpreter that the `jupyter` on PATH is a script of. */
function jupyterPython() {
  const script = which('jupyter');
  if (script === undefined) return undefined;
  const first = fs.readFileSync(fs.realpathSync(script), 'latin1').split('\n', 1)[0];
  return /^#!\s*(\/\S*python\S*)/.exec(first)?.[1];
}

/** The data folder of the Python whose Jupyter would be run. */
function sysPrefixData() {
  const program = jupyterPython() ?? which('python3') ?? which('python');
  const python = program === undefined ? undefined : askPython(program);
  if (python === undefined) {
    throw new SetupError(
      'neither jupyter nor python is on PATH',
      'activate the environment that holds Jupyter, or give --prefix with its folder.',
    );
  }
  return path.join(python.prefix, 'share', 'jupyter');
}

/**
 * The data folder that the options name; the user's own without any.
 * @param {{prefix?: string, sysPrefix?: boolean, user?: boolean}} options At most one.
 */
function dataFolder({ prefix, sysPrefix, user }) {
  if ([prefix, sysPrefix, user].filter(Boolean).length > 1) {
    throw new SetupError(
      '--prefix, --sys-prefix and --user exclude each other',
      'give one of them, or none for the user.',
    );
  }
  if (prefix) return path.join(path.resolve(prefix), 'share', 'jupyter');
  return sysPrefix ? sysPrefixData() : userData();
}

/** Adds the kernel to an existing Jupyter. @returns {string} The folder written. */
function installKernel(options) {
  if (!fs.existsSync(main)) {
    throw new SetupError('the kernel is not built yet', 'run `npm run setup` in the clone first.');
  }
  return writeInto(dataFolder(options));
}

/** Takes the kernel out of a Jupyter again. @returns {string} The folder removed. */
function uninstallKernel(options) {
  const data = dataFolder(options);
  const folder = path.join(data, ...inData);
  if (!fs.existsSync(folder)) {
    throw new SetupError(`there is no ${folder}`, 'give the option that it was installed with.');
  }
  fs.rmSync(folder, { recursive: true });
  fs.rmSync(path.join(data, ...labInData), { recursive: true, force: true });
  return folder;
}

const ownData = path.join(venv, 'share', 'jupyter');

module.exports = {
  installKernel,
  uninstallKernel,
  kernelspecFolders: () => [ownData, userData()].map((data) => path.join(data, ...inData)),
  kernelspec: {
    name: 'kernelspec',
    title: 'telling JupyterLab of the kernel',
    folder: path.join(venv, '.tslearn2'),
    inputs: () => [kernelJson(), venv, ...labFiles.map((name) => hashOfFile(path.join(lab, name)))],
    outputs: [
      path.join(ownData, ...inData, 'kernel.json'),
      ...labFiles.map((name) => path.join(ownData, ...labInData, name)),
    ],
    work: async () => void writeInto(ownData),
  },
};
