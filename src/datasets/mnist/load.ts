/**
 * @file The bytes of MNIST, from wherever they can be had: PYLEARN2_DATA_PATH, the user's cache,
 * a public mirror; else digits drawn by the project itself.
 */
import { statSync } from 'node:fs';
import { DataError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { dataPath, showFolder } from '../folders';
import { type IdxArray, readIdx } from '../idx';
import { cachedSyntheticDigits } from '../synthetic_digits';
import { mnistFiles } from './fetch';
import { fetchFilesSync } from './fetch_sync';
import { cacheFolder, findFile, folders, setFiles, type WhichSet } from './files';

const logger = new Logger('datasets.mnist');
const SIDE = 28;

/** The bytes of one of the two sets. */
export interface Digits {
  /** n x 784. */
  images: Uint8Array;
  /** n, from 0 to 9. */
  labels: Uint8Array;
  /** Where they come from. */
  source: string;
  /** Set if they are not MNIST: what everybody must know. */
  notice?: string;
}

/** What was read last of each file, as long as somebody uses it: datasets often share a file. */
const recent = new Map<string, WeakRef<Uint8Array>>();

function readOnce(path: string, axes: number, shape: number[]): Uint8Array {
  const { mtimeMs, size } = statSync(path);
  const key = `${path} ${mtimeMs} ${size}`;
  const known = recent.get(key)?.deref();
  if (known) return known;
  const array = readIdx(path, axes);
  expectIdxShape(path, array, shape);
  recent.set(key, new WeakRef(array.data));
  return array.data;
}

function expectIdxShape(path: string, { shape }: IdxArray, expected: number[]): void {
  if (shape.join() !== expected.join()) {
    throw new DataError(
      `${path}: expected ${expected.join(' x ')} bytes, received ${shape.join(' x ')}.`,
    );
  }
}

function readFolder(folder: string, whichSet: WhichSet): Digits | undefined {
  const { images, labels, examples } = setFiles[whichSet];
  const paths = [findFile(folder, images), findFile(folder, labels)];
  if (paths[0] === undefined || paths[1] === undefined) return undefined;
  return {
    images: readOnce(paths[0], 3, [examples, SIDE, SIDE]),
    labels: readOnce(paths[1], 1, [examples]),
    source: showFolder(folder),
  };
}

/** Why downloads failed, by what was tried: none is tried twice in a process. */
const failures = new Map<string, string>();

/** Downloads; undefined when the files are there now, else why they are not. */
function tryDownload(): string | undefined {
  if (process.env.TSLEARN2_OFFLINE === '1') return 'TSLEARN2_OFFLINE=1 forbids to download them';
  const files = mnistFiles();
  const attempt = [files.folder, ...files.mirrors].join();
  if (failures.has(attempt)) return failures.get(attempt);
  logger.info('MNIST is not on this machine yet: downloading it (11 MB).');
  try {
    fetchFilesSync(files, (line) => logger.info(line));
    return undefined;
  } catch (error) {
    failures.set(attempt, (error as Error).message);
    return (error as Error).message;
  }
}

const warnings = new Set<string>();

function warnOnce(warning: string): void {
  if (!warnings.has(warning)) logger.warn(warning);
  warnings.add(warning);
}

/** What plots and cells show beside results. */
const NOTICE = 'NOT MNIST but digits drawn by tslearn2: error rates compare with no published ones';

function drawn(whichSet: WhichSet, why: string): Digits {
  const place = dataPath() === undefined ? '$PYLEARN2_DATA_PATH/mnist' : folders()[0];
  const advice = `put the four files of MNIST in ${place} or ${cacheFolder()}`;
  warnOnce(`${NOTICE}. Why: ${why}. To mend it, ${advice}.`);
  const { X: images, y: labels } = cachedSyntheticDigits(whichSet);
  return { images, labels, source: `drawn, since ${why}; ${advice}`, notice: NOTICE };
}

/**
 * The bytes of the training or of the test set.
 * @throws DataError when files are there but damaged.
 */
export function loadDigits(whichSet: WhichSet): Digits {
  for (const folder of folders()) {
    const digits = readFolder(folder, whichSet);
    if (digits) return digits;
  }
  const why = tryDownload();
  const digits = why === undefined ? readFolder(cacheFolder(), whichSet) : undefined;
  return digits ?? drawn(whichSet, why ?? 'the download left no files');
}
