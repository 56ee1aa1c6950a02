/** @file Is there an NVIDIA driver, and one that CUDA 12 runs on? */
'use strict';

const fs = require('node:fs');
const { ask } = require('../run');

/** The oldest driver series of CUDA 12. */
const OLDEST = 525;

/** The driver's version as the kernel tells it; where that is hidden (WSL), as nvidia-smi does. */
function driverVersion() {
  const file = '/proc/driver/nvidia/version';
  const told = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const version = /NVRM version:.*?(\d{3,}\.\d+(?:\.\d+)?)/.exec(told)?.[1];
  return version ?? ask('nvidia-smi', ['--query-gpu=driver_version', '--format=csv,noheader']);
}

/**
 * The NVIDIA driver found.
 * @returns {{version: string, usable: boolean} | undefined} undefined when there is none.
 */
function findDriver() {
  if (process.platform !== 'linux') return undefined;
  const version = driverVersion()?.split('\n')[0];
  return version ? { version, usable: Number.parseInt(version, 10) >= OLDEST } : undefined;
}

module.exports = { findDriver, OLDEST };
