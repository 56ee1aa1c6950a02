/** @file Is there room for what is about to be downloaded? */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('../failure');

/** @returns {number} Free MB where `folder` is, or will be. */
function freeMB(folder) {
  let there = folder;
  while (!fs.existsSync(there)) there = path.dirname(there);
  const { bavail, bsize } = fs.statfsSync(there);
  return Math.floor((bavail * bsize) / 1e6);
}

/** @throws {SetupError} When there are fewer than `needed` MB. */
function expectRoom(folder, needed) {
  const free = freeMB(folder);
  if (free >= needed) return;
  throw new SetupError(
    `${needed} MB are needed for TensorFlow in ${folder}, and ${free} MB are free`,
    'free some space, or set XDG_CACHE_HOME to a folder on a larger disk.',
  );
}

/** @returns {number} Bytes in all files of a folder, links not followed. */
function sizeOf(folder) {
  let size = 0;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const stat = fs.lstatSync(path.join(entry.parentPath ?? entry.path, entry.name), {
      throwIfNoEntry: false,
    });
    size += stat?.size ?? 0;
  }
  return size;
}

module.exports = { freeMB, expectRoom, sizeOf };
