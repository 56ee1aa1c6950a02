/** @file The drawn digits that stand in for MNIST, kept in the user's cache as idx files. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '../../utils/log';
import { dataCache } from '../folders';
import { encodeIdx, readIdx } from '../idx';
import { type Digits, syntheticDigits, VERSION } from './generate';

const logger = new Logger('datasets.synthetic_digits');
const SIDE = 28;

/** Sizes and seeds of the two sets; their seeds differ, so that no digit is in both. */
const sets = {
  train: { n: 60000, seed: [2014, 1] },
  test: { n: 10000, seed: [2014, 2] },
} as const;

function paths(whichSet: keyof typeof sets): [images: string, labels: string] {
  const folder = join(dataCache(), `synthetic_digits_v${VERSION}`);
  return [
    join(folder, `${whichSet}-images-idx3-ubyte`),
    join(folder, `${whichSet}-labels-idx1-ubyte`),
  ];
}

function keep(path: string, data: Uint8Array, shape: number[]): void {
  const partial = `${path}.${process.pid}.part`;
  writeFileSync(partial, encodeIdx({ data, shape }));
  renameSync(partial, path);
}

function store(whichSet: keyof typeof sets, { X, y }: Digits): void {
  const [images, labels] = paths(whichSet);
  try {
    mkdirSync(join(images, '..'), { recursive: true });
    keep(images, X, [y.length, SIDE, SIDE]);
    keep(labels, y, [y.length]);
  } catch (error) {
    logger.debug(`the drawn digits are not kept: ${(error as Error).message}`);
  }
}

/** 60,000 digits to train on or 10,000 to test on; drawn the first time, read afterwards. */
export function cachedSyntheticDigits(whichSet: keyof typeof sets): Digits {
  const [images, labels] = paths(whichSet);
  if (existsSync(images) && existsSync(labels)) {
    try {
      return { X: readIdx(images, 3).data, y: readIdx(labels, 1).data };
    } catch (error) {
      logger.debug(`drawn again: ${(error as Error).message}`);
    }
  }
  const digits = syntheticDigits(sets[whichSet]);
  store(whichSet, digits);
  return digits;
}
