/** @file Loading of experiment files. Port of `load_train_file` of pylearn2/utils/serial.py. */
import { basename, dirname } from 'node:path';
import { loadPath, type LoadOptions } from '../config';

/** Tells the experiment, by variables of the environment, what its file is called. */
function announce(path: string): void {
  const stem = path.replace(/\.ya?ml$/, '');
  const folder = dirname(path);
  const inHere = folder === '.' && !path.startsWith('.');
  process.env.PYLEARN2_TRAIN_FILE_FULL_STEM = stem;
  process.env.PYLEARN2_TRAIN_DIR = inHere ? '' : `${folder.replace(/\/$/, '')}/`;
  process.env.PYLEARN2_TRAIN_BASE_NAME = basename(path);
  process.env.PYLEARN2_TRAIN_FILE_STEM = basename(stem);
}

/**
 * Loads an experiment from a YAML file, in which PYLEARN2_TRAIN_FILE_FULL_STEM (the path without
 * `.yaml`), PYLEARN2_TRAIN_DIR, PYLEARN2_TRAIN_BASE_NAME and PYLEARN2_TRAIN_FILE_STEM are set.
 * @throws YamlError with the place; DataError when the file cannot be read.
 */
export function loadTrainFile(path: string, options: LoadOptions = {}): unknown {
  announce(path);
  return loadPath(path, options);
}
