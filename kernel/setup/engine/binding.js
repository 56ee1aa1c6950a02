/**
 * @file The native binding of tfjs-node-gpu, compiled against TensorFlow's libraries and kept beside
 * them in the cache. It finds them by their place relative to itself, so nobody sets a path.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('../failure');
const { say } = require('../log');
const { modules } = require('../paths');
const { ask, run, which } = require('../run');
const { hashOf, hashOfFile } = require('../stamp');

const library = path.join(modules, '@tensorflow', 'tfjs-node-gpu');
const headers = path.join(modules, 'node-api-headers', 'include');
const FLAGS = ['-std=c++17', '-O3', '-fPIC', '-DNAPI_VERSION=8'];
const FILE = 'tfjs_binding.node';
/** Linked last, which is initialised first: before TensorFlow logs. Where that fails, it logs. */
const QUIET = 'libtslearn2_quiet.so';
const quietSource = path.join(__dirname, 'quiet.cc');
/** Takes in the package's module and adds to it. */
const moduleSource = path.join(__dirname, 'functions.cc');
const moduleHeaders = fs
  .readdirSync(__dirname)
  .filter((name) => name.endsWith('.h'))
  .map((name) => path.join(__dirname, name));
const TAKEN_IN = 'tfjs_binding.cc';

const LINKING = {
  linux: {
    flags: ['-shared', '-Wl,--no-as-needed', '-Wl,-rpath,$ORIGIN/../../tensorflow:$ORIGIN'],
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    quiet: ['-shared', `-Wl,-soname,${QUIET}`],
  },
  darwin: {
    flags: ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../tensorflow'],
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

/** @returns {string | undefined} The C++ compiler: CXX, else the usual names. */
function findCompiler() {
  const names = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  return names.map(which).find((file) => file && ask(file, ['--version']) !== undefined);
}

/** @throws {SetupError} When there is none. */
function expectCompiler() {
  const compiler = findCompiler();
  if (compiler) return compiler;
  throw new SetupError(
    'no C++ compiler was found (c++, g++, clang++, or the one that CXX names)',
    'install one (Debian, Ubuntu: apt install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install) and run the command again.',
  );
}

/** The package's C++ files and the headers beside them. */
function sources() {
  const folder = path.join(library, 'binding');
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

/** How the binding is made, apart from what is in the packages. */
const recipe = () => [
  FLAGS,
  LINKING[process.platform],
  ...[quietSource, moduleSource, ...moduleHeaders].map(hashOfFile),
];

/** Where a binding made from these very inputs is kept. */
function bindingFile(tensorflow) {
  const api = hashOfFile(path.join(headers, 'node_api.h'));
  const key = hashOf([sources().map(hashOfFile), api, recipe()]);
  return path.join(tensorflow, 'bindings', key.slice(0, 16), FILE);
}

function compilerArguments(tensorflow, output, more) {
  const { flags, libraries } = LINKING[process.platform];
  const includes = [headers, path.join(tensorflow, 'tensorflow', 'include'), library];
  return [
    ...FLAGS,
    ...flags,
    ...includes.flatMap((folder) => ['-I', folder]),
    ...sources().filter((name) => name.endsWith('.cc') && path.basename(name) !== TAKEN_IN),
    moduleSource,
    ...libraries.map((name) => path.join(tensorflow, 'tensorflow', name)),
    ...more,
    ...['-o', output],
  ];
}

/** @returns {Promise<string[]>} The library that keeps TensorFlow quiet, if there is one here. */
async function buildQuiet(compiler, folder) {
  const { quiet } = LINKING[process.platform];
  if (quiet === undefined) return [];
  const file = path.join(folder, QUIET);
  await run('compiling quiet.cc', compiler, [...FLAGS, ...quiet, quietSource, '-o', file]);
  return [file];
}

/**
 * Compiles the binding unless the cache has it. To be called with the cache's lock held.
 * @param {string} tensorflow The folder of libraries.
 * @returns {Promise<string>} The binding's path in the cache.
 */
async function buildBinding(tensorflow) {
  const file = bindingFile(tensorflow);
  if (fs.existsSync(file)) return file;
  const compiler = expectCompiler();
  say(`  compiling the binding with ${compiler} (about 15 s)`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.tmp`;
  const more = await buildQuiet(compiler, path.dirname(file));
  await run('compiling the binding', compiler, compilerArguments(tensorflow, beside, more));
  fs.renameSync(beside, file);
  return file;
}

module.exports = { buildBinding, bindingFile, findCompiler, expectCompiler, library, recipe };
