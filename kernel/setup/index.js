/** @file The whole set-up: its steps in order, one set-up at a time in a clone. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { engine, engineFacts } = require('./engine');
const { build } = require('./build');
const { complain, say, shout, seconds } = require('./log');
const { explain } = require('./failure');
const { jupyter, jupyterTest } = require('./jupyter');
const { kernelspec } = require('./kernelspec');
const { withLock } = require('./lock');
const { packages } = require('./packages');
const { state, venvPython } = require('./paths');
const { findPython } = require('./python');
const { endOnSignals } = require('./run');
const { isCurrent, perform } = require('./stamp');

const STEPS = [packages, build, jupyter, engine, kernelspec];
const TEST_STEPS = [...STEPS, jupyterTest];

/** A machine without Python is told so before minutes of downloads, not after. */
function checkFirst(steps) {
  if (steps.includes(jupyter) && !fs.existsSync(venvPython)) findPython();
}

async function performAll(steps) {
  checkFirst(steps);
  for (const step of steps) {
    try {
      await perform(step);
    } catch (error) {
      throw Object.assign(explain(error), { step: step.name });
    }
  }
}

/** A slow engine is told of at every start, not only when it was settled for. */
function remind() {
  const facts = engineFacts();
  if (facts?.kind !== 'js') return;
  shout([
    'Training runs in plain JavaScript, slowly: there is no native TensorFlow engine.',
    `Reason: ${facts.why}`,
    '`npx tslearn2 doctor` tells what to do.',
  ]);
}

/**
 * Does all that is not done yet.
 * @param {{steps?: object[]}} [options] Other steps than those of `npm start`.
 */
async function setUp({ steps = STEPS } = {}) {
  const begun = Date.now();
  if (steps.every(isCurrent)) {
    say(`everything is set up (looked at in ${seconds(begun)})`);
    remind();
    return;
  }
  await withLock(path.join(state, 'lock'), () => performAll(steps));
  say(`set up in ${seconds(begun)}`);
}

/** Runs a main function: a failure is told in words, and the exit status is not 0. */
async function main(work) {
  endOnSignals();
  try {
    process.exitCode = (await work(process.argv.slice(2))) ?? 0;
  } catch (raw) {
    const error = explain(raw);
    complain(error.step ? `the step "${error.step}"` : 'the set-up', error);
    process.exitCode = 1;
  }
}

module.exports = { setUp, main, packages, build, TEST_STEPS };
