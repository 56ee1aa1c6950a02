/**
 * @file `npm test`: set-up, then lint, formatting, types, import cycles and the tests; all are run,
 * and any failure makes the exit status 1. What follows `--` goes to mocha and may name the tests
 * to run.
 */
'use strict';

require('./require_node');
const path = require('node:path');
const { main, setUp, TEST_STEPS } = require('./index');
const { say, seconds } = require('./log');
const { modules, root } = require('./paths');
const { hand } = require('./run');

const FORMATTED = ['{src,kernel,test,bench}/**/*.{ts,js,json}', '*.{json,mjs}', '.ci/*.js'];

const namesTests = (own) => own.some((arg) => arg.startsWith('test/'));

/** The checks: name, the program's file in node_modules, its arguments. */
function checks(own) {
  return [
    ['eslint', 'eslint/bin/eslint.js', ['.']],
    ['prettier', 'prettier/bin/prettier.cjs', ['--check', ...FORMATTED]],
    ['tsc', 'typescript/bin/tsc', ['--noEmit', '-p', root]],
    ['import cycles', 'madge/bin/cli.js', ['--circular', '--no-spinner', 'src', 'kernel']],
    ['mocha', 'mocha/bin/mocha.js', namesTests(own) ? own : [...own, 'test/**/*.test.ts']],
  ];
}

/** @returns {Promise<boolean>} Whether the check passed. */
async function check([name, program, args]) {
  const begun = Date.now();
  const script = path.join(modules, program);
  const status = await hand(process.execPath, [script, ...args], { cwd: root });
  say(`${name}: ${status === 0 ? 'passed' : `FAILED (status ${status})`} in ${seconds(begun)}`);
  return status === 0;
}

async function test(own) {
  await setUp({ steps: TEST_STEPS });
  const failed = [];
  for (const one of checks(own)) {
    if (!(await check(one))) failed.push(one[0]);
  }
  if (failed.length > 0) say(`FAILED: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

main(test);
