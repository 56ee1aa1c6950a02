/** @file The files of MNIST: names, sizes, checksums, and where they may lie. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataCache, dataPath } from '../folders';

/** The two sets that MNIST consists of. */
export type WhichSet = 'train' | 'test';

/** One of the two sets: its files, without the `.gz` with which they may end. */
export interface SetFiles {
  images: string;
  labels: string;
  examples: number;
}

export const setFiles: Record<WhichSet, SetFiles> = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', examples: 60000 },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', examples: 10000 },
};

/** SHA-256 of what the files hold uncompressed: mirrors compress differently. */
export const checksums: Readonly<Record<string, string>> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** The folder for MNIST in the user's cache. */
export function cacheFolder(): string {
  return join(dataCache(), 'mnist');
}

/** The folders in which files are looked for, in this order. */
export function folders(): string[] {
  const given = dataPath();
  return [...(given === undefined ? [] : [join(given, 'mnist')]), cacheFolder()];
}

/** The path of a file in a folder, plain or compressed; undefined when it is not there. */
export function findFile(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path));
}
