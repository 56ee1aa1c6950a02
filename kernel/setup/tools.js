/** @file What the command line takes from the set-up (`SetupTools` in kernel/cli.ts). */
'use strict';

const { version } = require('../../package.json');
const { doctor } = require('./doctor');
const { installKernel, uninstallKernel } = require('./kernelspec');
const { runNotebook } = require('./notebook');

module.exports = { version, doctor, installKernel, uninstallKernel, runNotebook };
