/** @file The package's own installer: an older TensorFlow (2.9, CUDA 11.2) from its bucket. */
'use strict';

const https = require('node:https');
const path = require('node:path');
const { SetupError } = require('../failure');
const { say } = require('../log');
const { run } = require('../run');
const { findDriver } = require('./driver');
const { library } = require('./binding');

const BUCKET = 'https://storage.googleapis.com/tensorflow/libtensorflow/';
const PATIENCE_MS = 5_000;

/** Does the bucket's host answer at all, soon? */
function answers(address) {
  return new Promise((resolve) => {
    const request = https.request(address, { method: 'HEAD', timeout: PATIENCE_MS }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', () => resolve(false));
    request.end();
  });
}

/** Runs the package's installer, unless its bucket does not answer. */
async function installPackaged() {
  if (!(await answers(BUCKET))) {
    throw new SetupError(
      `the package's own bucket (${new URL(BUCKET).host}) does not answer`,
      'check the network, if that is the engine you want.',
    );
  }
  say("  running the package's own installer (TensorFlow 2.9)");
  const script = path.join('scripts', 'install.js');
  const variant = findDriver()?.usable ? 'gpu' : 'cpu';
  await run("the package's installer", process.execPath, [script, variant, 'download'], {
    cwd: library,
  });
  return {};
}

module.exports = { installPackaged };
