/** @file Which reader a file is for: by its content, then by its suffix. */
import { gunzipSync } from 'node:zlib';
import { DataError } from '../errors';
import { fromBytes } from './object_file';
import { isIdx, readIdx } from './readers/idx';
import { isMat, readMat } from './readers/mat';
import { isNpy, readNpy } from './readers/npy';
import { isBinaryPickle, readPickle } from './readers/pickle';
import { readTable } from './readers/table';
import { isZip, readNpz } from './readers/zip';
import { isSafetensors } from './safetensors';

/** Safetensors first: its files begin with a length, which may look like any other's mark. */
const byContent: [test: (bytes: Uint8Array) => boolean, read: (bytes: Uint8Array) => unknown][] = [
  [isSafetensors, fromBytes],
  [isNpy, readNpy],
  [isZip, readNpz],
  [isMat, readMat],
  [isBinaryPickle, readPickle],
  [isIdx, readIdx],
];

const bySuffix: [suffix: RegExp, read: (bytes: Uint8Array) => unknown][] = [
  [/\.csv$/i, (bytes) => readTable(bytes, { header: true })],
  [/(\.amat|txt)$/i, (bytes) => readTable(bytes, { header: false })],
  [/\.json$/i, readJson],
  [/\.(pkl|pickle)$/i, readPickle],
];

/**
 * @param path - Where the bytes are from; only its suffix is looked at.
 * @throws {@link DataError} when no reader knows them.
 */
export function parse(bytes: Uint8Array, path: string): unknown {
  if (bytes.length === 0) throw new DataError('it is empty');
  const known = byContent.find(([test]) => test(bytes));
  if (known !== undefined) return known[1](bytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return parse(gunzipSync(bytes), path.replace(/\.gz$/i, ''));
  }
  const named = bySuffix.find(([suffix]) => suffix.test(path));
  if (named !== undefined) return named[1](bytes);
  throw new DataError(
    'it begins as no known format does. Known are what serial.save wrote, .npy, .npz, .mat, .h5, ' +
      'idx, pickles, and by their suffix .csv, .amat, .txt, .json, .pkl',
  );
}

function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
