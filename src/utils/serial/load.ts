/**
 * @file Loading from files. Port of the reading half of pylearn2/utils/serial.py. Differs: tells
 * formats by their content before it looks at the suffix; does not try again and again, since what
 * `save` writes is never seen half written; never runs what it reads.
 */
import * as fs from 'node:fs';
import { DataError, Tslearn2Error } from '../errors';
import { parse } from './formats';
import { expandPath, expectFile } from '../paths';
import { isHdf5, readHdf5 } from './readers/hdf5';

/**
 * What a file holds: the object that was saved, or data in one of the formats that Pylearn2's
 * experiments use: .npy, .npz, .mat, .h5, .csv, .amat, .txt, .json, idx (also gzipped),
 * safetensors, and Python pickles of plain data (numbers, texts, lists, dicts, NumPy arrays).
 * Arrays come as NdArray, several of them as an object of arrays by name.
 * @param path - May have `${VAR}` in it.
 * @throws {@link DataError} naming the file: missing (with the nearest name), damaged, or holding
 * what cannot be loaded. Nothing is loaded by halves.
 */
export function load(path: string): unknown {
  const file = expandPath('utils.serial.load', path);
  expectFile('utils.serial.load', file);
  try {
    return isHdf5(file) ? readHdf5(file) : parse(fs.readFileSync(file), file);
  } catch (cause) {
    throw new DataError(`utils.serial.load: cannot load \`${file}\`: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof DataError) return cause.message.replace(/([^.])$/, '$1.');
  if (cause instanceof Tslearn2Error) return cause.message;
  return `it seems damaged (${cause instanceof Error ? cause.message : String(cause)}).`;
}
