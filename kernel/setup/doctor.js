/** @file `tslearn2 doctor`: what was found, whether it is well, and what to do about it. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { engine, engineFacts } = require('./engine');
const { findCompiler } = require('./engine/binding');
const { freeMB } = require('./engine/disk');
const { findDriver, OLDEST } = require('./engine/driver');
const { probe } = require('./engine/probe');
const { build } = require('./build');
const { explain } = require('./failure');
const { jupyter } = require('./jupyter');
const { kernelspecFolders, kernelspec } = require('./kernelspec');
const { packages } = require('./packages');
const { cacheFolder, root, venv } = require('./paths');
const { findPython } = require('./python');
const { ask } = require('./run');
const { isCurrent, readJson } = require('./stamp');

const SETUP = 'run `npm run setup` in the clone.';

/**
 * @typedef {object} Finding
 * @property {'ok' | 'note' | 'bad'} state `note` is worth knowing and breaks nothing.
 * @property {string} text What was found.
 * @property {string} [advice] What to do.
 */
const ok = (text) => ({ state: 'ok', text });
const note = (text, advice) => ({ state: 'note', text, advice });
const bad = (text, advice) => ({ state: 'bad', text, advice });

function step(one) {
  return isCurrent(one) ? ok('current') : bad('missing or out of date', SETUP);
}

function python() {
  try {
    const found = findPython();
    return ok(
      `${found.version.join('.')} (${found.executable})${found.pip ? '' : ', without pip'}`,
    );
  } catch (error) {
    return bad(error.message, error.advice);
  }
}

function compiler() {
  const found = findCompiler();
  if (found) return ok(`${ask(found, ['--version']).split('\n')[0]} (${found})`);
  return engineFacts()?.cache
    ? note('none; the binding is in the cache already')
    : bad('none', 'install one (Debian, Ubuntu: apt install g++), then `npm run setup`.');
}

/** Name and memory of each NVIDIA GPU, as nvidia-smi tells them. */
function gpu() {
  const driver = findDriver();
  if (!driver) return note('no NVIDIA driver: training runs on the CPU');
  const cards = ask('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader']);
  const text = `${cards?.replaceAll('\n', '; ') ?? 'card unknown'}; driver ${driver.version}`;
  return driver.usable
    ? ok(text)
    : bad(text, `CUDA 12 needs driver ${OLDEST} or later: update it, then \`npm run setup\`.`);
}

/** The CUDA libraries that came with the engine, beside it. */
function cuda() {
  const facts = engineFacts();
  if (facts?.kind !== 'gpu') {
    const missed = findDriver()?.usable && process.arch === 'x64';
    return missed
      ? bad('not installed, though there is a GPU', 'run `TSLEARN2_ENGINE=gpu npm run setup`.')
      : note('not installed; the engine is for the CPU');
  }
  const folder = path.join(facts.cache, 'nvidia');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.length > 0 ? ok(names.join(', ')) : bad(`missing in ${folder}`, SETUP);
}

/** What a fresh process gets as its engine, and the devices that it sees. */
function tensorflow() {
  const facts = engineFacts();
  if (facts === undefined) return bad('the engine is not set up', SETUP);
  if (facts.kind === 'js') {
    return bad(`none, plain JavaScript instead: ${facts.why}`, 'mend that, then `npm run setup`.');
  }
  const seen = probe();
  if (seen.failure) {
    const remove = facts.cache ? `delete ${facts.cache}, then ` : '';
    return bad(`the ${facts.kind} engine does not load: ${seen.failure}`, remove + SETUP);
  }
  const text = `${seen.tensorflow}, ${facts.kind} engine, devices ${seen.devices.join(', ')}`;
  return facts.kind === 'gpu' && !seen.gpu
    ? bad(`${text}: no GPU`, 'see that nvidia-smi works.')
    : ok(text);
}

function threads() {
  const names = ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS'];
  const set = names.filter((name) => process.env[name]);
  const told = set.map((name) => `${name}=${process.env[name]}`);
  return ok([`${os.availableParallelism()} processors`, ...told].join(', '));
}

const MNIST = ['train-images', 'train-labels', 't10k-images', 't10k-labels'];

/** Are all four files in the folder, in one of the spellings in which they go about? */
function holdsMnist(folder) {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return MNIST.every((start) => names.some((name) => name.startsWith(start)));
}

function mnist() {
  const data = process.env.PYLEARN2_DATA_PATH;
  const folders = [...(data ? [data] : []), path.join(cacheFolder(), 'data')];
  const found = folders.map((folder) => path.join(folder, 'mnist')).find(holdsMnist);
  return found
    ? ok(found)
    : note(
        'not found',
        'put its four idx files into a folder mnist/ and name the folder above in PYLEARN2_DATA_PATH; else they are downloaded, or drawn digits take their place.',
      );
}

function jupyterLab() {
  const finding = step(jupyter);
  if (finding.state !== 'ok') return finding;
  return ok(`${ask(path.join(venv, 'bin', 'jupyter-lab'), ['--version']) ?? '?'} in .venv`);
}

function kernels() {
  const finding = step(kernelspec);
  if (finding.state !== 'ok') return finding;
  const there = kernelspecFolders().filter((folder) =>
    fs.existsSync(readJson(path.join(folder, 'kernel.json'))?.argv?.[1] ?? ''),
  );
  return ok(there.join(', '));
}

function disk() {
  const [here, cache] = [root, cacheFolder()].map(freeMB);
  const text = `${here} MB free for the clone, ${cache} MB for the cache (${cacheFolder()})`;
  return Math.min(here, cache) > 1000 ? ok(text) : bad(text, 'free some space.');
}

const QUESTIONS = [
  ['Node', () => ok(`${process.versions.node} (${process.execPath})`)],
  ['Python', python],
  ['C++ compiler', compiler],
  ['npm packages', () => step(packages)],
  ['build', () => step(build)],
  ['GPU', gpu],
  ['CUDA libraries', cuda],
  ['engine set-up', () => step(engine)],
  ['TensorFlow', tensorflow],
  ['threads', threads],
  ['MNIST', mnist],
  ['JupyterLab', jupyterLab],
  ['kernelspec', kernels],
  ['disk', disk],
];

const LABEL = { ok: 'ok  ', note: 'note', bad: 'BAD ' };

/** @returns {Finding} The answer; a question that breaks is itself something bad. */
function answer(question) {
  try {
    return question();
  } catch (error) {
    return bad(error.message, explain(error).advice);
  }
}

/** Prints the findings. @returns {Promise<number>} The exit status: 1 when anything is bad. */
async function doctor() {
  let status = 0;
  for (const [name, question] of QUESTIONS) {
    const { state, text, advice } = answer(question);
    console.log(`${LABEL[state]}  ${name.padEnd(15)} ${text}`);
    if (advice) console.log(`      ${' '.repeat(15)} -> ${advice}`);
    if (state === 'bad') status = 1;
  }
  return status;
}

module.exports = { doctor };
