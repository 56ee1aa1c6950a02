/** @file What the set-up tells the person: one line as a step begins, one as it ends. */
'use strict';

const tty = process.stdout.isTTY === true;
const paint = (code, text) => (tty ? `\u001b[${code}m${text}\u001b[0m` : text);

/** A line of progress. */
function say(text) {
  console.log(`${paint(36, 'tslearn2')} ${text}`);
}

/** A box that nobody can overlook. */
function shout(lines) {
  const bar = '!'.repeat(78);
  console.error(paint(33, [bar, ...lines.map((line) => `!! ${line}`), bar].join('\n')));
}

/** The end of a failed set-up: what and what to do. */
function complain(where, error) {
  console.error(paint(31, `\ntslearn2: ${where} did not succeed: ${error.message}`));
  if (error.advice) console.error(`  What to do: ${error.advice}`);
  else if (error.stack) console.error(error.stack);
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

module.exports = { say, shout, complain, seconds };
