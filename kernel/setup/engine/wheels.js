/**
 * @file TensorFlow's libraries out of its Python wheels, in the user's cache. pip fetches them, as it
 * is configured for the user. A wheel counts only when its hash is right; the folder appears under
 * its own name only when all wheels are unpacked; what an interrupted set-up had unpacked is kept.
 */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const { SetupError } = require('../failure');
const { say } = require('../log');
const { findPython } = require('../python');
const { venvPython } = require('../paths');
const { run } = require('../run');
const { hashOf, readJson, writeWhole } = require('../stamp');
const { expectRoom, sizeOf } = require('./disk');
const pins = require('./pins.json');

const LAYOUT = 1;
const PROGRESS_MS = 5_000;

/** The libraries, the headers that the binding includes, and the licences. */
const WANTED = [
  String.raw`tensorflow/libtensorflow_(cc|framework)\.[^/]*`,
  String.raw`tensorflow/include/(tensorflow/c|xla/tsl/c)/.*\.h`,
  String.raw`tensorflow/include/(tensorflow/core|tsl)/platform/ctstring[^/]*\.h`,
  String.raw`tensorflow/THIRD_PARTY_NOTICES\.txt`,
  String.raw`scipy_openblas32/lib/[^/]*\.so`,
  String.raw`nvidia/[^/]+/lib/[^/]*\.so[^/]*`,
  String.raw`nvidia/cuda_nvcc/(bin|nvvm)/.*`,
  String.raw`[^/]+\.dist-info/(licenses/)?LICEN[CS]E[^/]*|[^/]+\.dist-info/License\.txt`,
];

/** The wheels for `cpu` or `gpu` on this machine. */
function targetFor(kind) {
  const target = pins.targets[`${kind}-${process.platform}-${process.arch}`];
  if (target === undefined) {
    throw new SetupError(
      `there is no TensorFlow wheel (${kind}) for ${process.platform} ${process.arch}`,
      'use TSLEARN2_ENGINE=js, which is slow, or another machine.',
    );
  }
  return target;
}

/** The folder of a target's libraries: named by version and by all that goes into it. */
function folderFor(kind, engines) {
  const key = hashOf([LAYOUT, WANTED, targetFor(kind)]).slice(0, 12);
  return path.join(engines, `tensorflow-${pins.tensorflow}-${kind}-${key}`);
}

/** A Python with pip: the user's own, whose configuration counts, else that of .venv. */
function pipPython() {
  const python = findPython();
  if (python.pip) return python.executable;
  if (fs.existsSync(venvPython)) return venvPython;
  throw new SetupError(
    'Python has no pip',
    'install it (Debian, Ubuntu: apt install python3-pip) and run the command again.',
  );
}

async function hashOfLarge(file) {
  const hash = crypto.createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Tells how much has come; pip itself draws a bar on terminals only. */
function watch(folder, what) {
  const timer = setInterval(
    () => say(`  ... ${what}: ${Math.round(sizeOf(folder) / 1e6)} MB so far`),
    PROGRESS_MS,
  );
  return () => clearInterval(timer);
}

/** pip's arguments for one wheel, whichever Python runs pip. */
function downloadArguments({ name, version, file }, folder) {
  const tags = file.slice(0, -'.whl'.length).split('-').at(-1).split('.');
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'],
    ...['--disable-pip-version-check', '--no-input', '--retries', '2'],
    ...['--python-version', pins.python, '--implementation', 'cp'],
    ...tags.flatMap((tag) => ['--platform', tag]),
    ...['--dest', folder, `${name}==${version}`],
  ];
}

/**
 * Fetches one wheel into an empty folder of its own.
 * @returns {Promise<string>} The wheel's path, its hash checked.
 * @throws {SetupError} When pip fails or what came is not what was pinned.
 */
async function download(wheel, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const env = { ...process.env, TMPDIR: folder, PIP_REQUIRE_VIRTUALENV: '0' };
  const stop = watch(folder, wheel.name);
  try {
    await run(`pip download ${wheel.name}`, pipPython(), downloadArguments(wheel, folder), {
      quiet: true,
      env,
    });
  } finally {
    stop();
  }
  const file = path.join(folder, wheel.file);
  const hash = fs.existsSync(file) ? await hashOfLarge(file) : 'nothing';
  if (hash === wheel.sha256) return file;
  fs.rmSync(folder, { recursive: true, force: true });
  throw new SetupError(
    `what came for ${wheel.file} is not it: SHA-256 ${wheel.sha256} was expected, ${hash} received`,
    'see which package index pip is configured to use; if it is the right one, run again.',
  );
}

/** Downloads and unpacks one wheel into `partial`, unless a set-up before this one did. */
async function addWheel(wheel, partial, { number, count }) {
  const note = path.join(partial, '.unpacked', `${wheel.file}.json`);
  if (readJson(note)?.sha256 === wheel.sha256) return;
  say(`  fetching ${wheel.name} ${wheel.version} (${number} of ${count})`);
  const folder = path.join(partial, '.download');
  const file = await download(wheel, folder);
  const script = path.join(__dirname, 'unpack.py');
  await run(`unpacking ${wheel.file}`, pipPython(), [script, file, partial, ...WANTED], {
    quiet: true,
  });
  fs.rmSync(folder, { recursive: true });
  writeWhole(note, JSON.stringify({ sha256: wheel.sha256 }));
}

/**
 * Makes the folder of libraries, unless it is there. To be called with the cache's lock held.
 * @param {'cpu' | 'gpu'} kind
 * @param {string} engines The cache's folder for engines.
 * @returns {Promise<string>} The folder, with `tensorflow/` beside `nvidia/`.
 */
async function fetchTensorflow(kind, engines) {
  const { wheels, downloadMB, diskMB } = targetFor(kind);
  const folder = folderFor(kind, engines);
  if (fs.existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  fs.mkdirSync(partial, { recursive: true });
  const have = sizeOf(partial) / 1e6;
  const largest = downloadMB / Math.min(wheels.length, 3);
  expectRoom(engines, Math.max(100, Math.round(diskMB + largest - have)));
  say(`  TensorFlow ${pins.tensorflow} (${kind}), ${downloadMB} MB, once for all clones`);
  for (const [index, wheel] of wheels.entries()) {
    await addWheel(wheel, partial, { number: index + 1, count: wheels.length });
  }
  fs.renameSync(partial, folder);
  return folder;
}

module.exports = { fetchTensorflow, folderFor, download, version: pins.tensorflow };
