/** @file Steps that remember: a stamp holds the hash of a step's inputs once its work is whole. */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('./failure');
const { say, seconds } = require('./log');
const { state } = require('./paths');

/** @returns {string} SHA-256, in hex, of any JSON value. */
function hashOf(value) {
  return crypto.createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Hash of one file's content; 'none' when there is no such file. */
function hashOfFile(file) {
  if (!fs.existsSync(file)) return 'none';
  return crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/** Writes beside and renames: a reader sees the old file or the new one, never a part. */
function writeWhole(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(beside, text);
  fs.renameSync(beside, file);
}

/** @returns {unknown} What the JSON file holds; undefined when it is missing or not whole. */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const stampFile = ({ name }, folder) => path.join(folder, 'stamps', `${name}.json`);

/**
 * Is the step's work there, made from these very inputs? A stamp with `until` (milliseconds since
 * 1970) counts no longer after that time: such work was a makeshift that deserves another try.
 */
function isCurrent(step) {
  const stamp = readJson(stampFile(step, step.folder ?? state));
  return (
    stamp?.hash === hashOf(step.inputs()) &&
    (stamp.until === undefined || Date.now() < stamp.until) &&
    step.outputs.every((file) => fs.existsSync(file))
  );
}

/**
 * Does one step unless its stamp is current. The stamp is taken away first and written last, so a
 * step killed half way is done again; it tells of the inputs before the work, so one that changed
 * meanwhile counts as changed.
 * @param {{name: string, title: string, folder?: string, inputs: () => unknown,
 *   outputs: string[], work: () => Promise<{until?: number} | void>}} step `folder` holds its stamp.
 * @returns {Promise<boolean>} Whether there was work to do.
 */
async function perform(step) {
  if (isCurrent(step)) return false;
  const file = stampFile(step, step.folder ?? state);
  fs.rmSync(file, { force: true });
  const hash = hashOf(step.inputs());
  const begun = Date.now();
  say(`${step.name}: ${step.title} ...`);
  const more = await step.work();
  const missing = step.outputs.find((output) => !fs.existsSync(output));
  if (missing) {
    throw new SetupError(`${missing} was not made`, 'run the command again, and report this.');
  }
  writeWhole(file, `${JSON.stringify({ hash, ...more })}\n`);
  say(`${step.name}: done (${seconds(begun)})`);
  return true;
}

module.exports = { hashOf, hashOfFile, writeWhole, readJson, isCurrent, perform };
