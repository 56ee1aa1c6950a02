#!/usr/bin/env node
/**
 * @file The command `tslearn2`. It hands the command line to the compiled dist/kernel/cli.js; before
 * that is there, the doctor can be asked all the same.
 */
'use strict';

require('../setup/require_node');
const fs = require('node:fs');
const path = require('node:path');
const { dist } = require('../setup/paths');
const tools = require('../setup/tools');

const cli = path.join(dist, 'kernel', 'cli.js');
const args = process.argv.slice(2);

function withoutBuild() {
  if (args[0] === 'doctor') return tools.doctor();
  console.error('tslearn2: this clone is not set up yet.\n  What to do: run `npm run setup`.');
  return 1;
}

async function main() {
  process.exitCode = fs.existsSync(cli)
    ? await require(cli).main(args, tools)
    : await withoutBuild();
}

main();
