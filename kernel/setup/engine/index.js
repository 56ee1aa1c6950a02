/**
 * @file Step: the engine. TensorFlow from the Python package index first, then what the package's
 * own installer fetches, then tfjs in plain JavaScript, slow, and said loudly. TSLEARN2_ENGINE
 * (cpu, gpu, package or js) forces one.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError, explain } = require('../failure');
const { say, shout } = require('../log');
const { withLock } = require('../lock');
const { cacheFolder, modules } = require('../paths');
const { hashOfFile, readJson, writeWhole } = require('../stamp');
const {
  buildBinding,
  bindingFile,
  expectCompiler,
  findCompiler,
  library,
  recipe,
} = require('./binding');
const { findDriver, OLDEST } = require('./driver');
const { installPackaged } = require('./packaged');
const pins = require('./pins.json');
const { probe } = require('./probe');
const wheels = require('./wheels');

const KINDS = ['cpu', 'gpu', 'package', 'js'];
const RETRY_MS = 60 * 60 * 1000;
const stampForLibrary = path.join(modules, '.tslearn2-engine.json');
const link = path.join(library, 'lib', 'napi-v8', 'tfjs_binding.node');

/** @returns {string | undefined} What TSLEARN2_ENGINE forces. */
function forced() {
  const kind = process.env.TSLEARN2_ENGINE || undefined;
  if (kind === undefined || KINDS.includes(kind)) return kind;
  throw new SetupError(
    `TSLEARN2_ENGINE is ${JSON.stringify(kind)}`,
    `set it to one of ${KINDS.join(', ')}, or not at all.`,
  );
}

/** The kinds to try, best first. */
function candidates() {
  const kind = forced();
  if (kind) return [kind];
  const driver = findDriver();
  if (driver && !driver.usable) {
    say(`  the NVIDIA driver ${driver.version} is older than ${OLDEST}: no CUDA 12, so the CPU`);
  }
  const gpu = driver?.usable && process.arch === 'x64' ? ['gpu'] : [];
  return [...gpu, 'cpu', 'package', 'js'];
}

/** Puts the cached binding in the place where tfjs-node-gpu looks for it. */
function linkBinding(file) {
  fs.mkdirSync(path.dirname(link), { recursive: true });
  const beside = `${link}.tmp`;
  fs.rmSync(beside, { force: true });
  fs.symlinkSync(file, beside);
  fs.renameSync(beside, link);
}

/** TensorFlow from the Python package index. */
async function installWheels(kind) {
  const engines = path.join(cacheFolder(), 'engine');
  if (!isCached(kind, engines)) expectCompiler();
  return withLock(path.join(engines, '.lock'), async () => {
    const cache = await wheels.fetchTensorflow(kind, engines);
    linkBinding(await buildBinding(cache));
    return { tensorflow: wheels.version, cache };
  });
}

/** Libraries and binding are both in the cache: no compiler is needed. */
function isCached(kind, engines) {
  const folder = wheels.folderFor(kind, engines);
  return fs.existsSync(folder) && fs.existsSync(bindingFile(folder));
}

/** Installs one kind and sees it load. */
async function installKind(kind) {
  const facts = kind === 'package' ? await installPackaged() : await installWheels(kind);
  const seen = probe();
  if (seen.failure) {
    throw new SetupError(
      `the ${kind} engine was installed and does not load: ${seen.failure}`,
      'run `npx tslearn2 doctor` and report what it says.',
    );
  }
  say(`  TensorFlow ${seen.tensorflow} loads and computes on the ${seen.gpu ? 'GPU' : 'CPU'}`);
  return { kind, ...facts, tensorflow: seen.tensorflow };
}

/** The last resort, which nobody may overlook. */
function settleForJs(failures) {
  const why = failures.map(({ kind, error }) => `${kind}: ${error.message.split('\n')[0]}`);
  if (!forced()) {
    shout([
      'No native TensorFlow engine could be installed. Training will run in plain',
      'JavaScript: 10 to 100 times slower than it should be.',
      ...failures.flatMap(({ kind, error }) => [
        `- ${kind}: ${error.message.split('\n')[0]}`,
        ...(error.advice ? [`  What to do: ${error.advice}`] : []),
      ]),
      'Then run `npm run setup`. `npx tslearn2 doctor` tells the state of things.',
    ]);
  }
  return { kind: 'js', why: forced() ? 'TSLEARN2_ENGINE=js' : why.join('; ') };
}

/** Tries the kinds in order; a forced one must succeed. */
async function choose() {
  const failures = [];
  for (const kind of candidates()) {
    if (kind === 'js') return settleForJs(failures);
    try {
      return await installKind(kind);
    } catch (raw) {
      const error = explain(raw);
      if (forced() || !(error instanceof SetupError)) throw error;
      failures.push({ kind, error });
      say(`  ${kind}: ${error.message}`);
    }
  }
  throw new SetupError('no engine is left to try', 'unset TSLEARN2_ENGINE.');
}

async function install() {
  fs.rmSync(stampForLibrary, { force: true });
  // Gone before the package's installer could write through it into the cache.
  fs.rmSync(link, { force: true });
  const facts = await choose();
  writeWhole(stampForLibrary, `${JSON.stringify(facts, null, 2)}\n`);
  return facts.kind === 'js' && !forced() ? { until: Date.now() + RETRY_MS } : {};
}

/** The binding must be there, except where JavaScript is what there is. */
function outputs() {
  const native = readJson(stampForLibrary)?.kind !== 'js';
  return native ? [stampForLibrary, link] : [stampForLibrary];
}

module.exports = {
  engineFacts: () => readJson(stampForLibrary),
  engine: {
    name: 'engine',
    title: 'fetching TensorFlow and building its binding',
    inputs: () => [
      forced() ?? null,
      findDriver()?.version ?? null,
      findCompiler() !== undefined,
      pins,
      hashOfFile(path.join(library, 'package.json')),
      recipe(),
    ],
    get outputs() {
      return outputs();
    },
    work: install,
  },
};
