/** @file Where and how a training saves its model. Port of parts of pylearn2/train.py. */
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import { StateError } from '../utils/errors';
import type { Logger } from '../utils/log';
import { OptionError } from '../utils/options';
import { save } from '../utils/serial';
import { logTiming } from '../utils/timing';

const STEM = 'PYLEARN2_TRAIN_FILE_FULL_STEM';
const PHASE = 'PYLEARN2_TRAIN_PHASE';

/**
 * The file for a training that names none: beside its YAML file, which the train script announces.
 * @throws {@link OptionError} when no script did.
 */
export function defaultSavePath(): string {
  const { [STEM]: stem, [PHASE]: phase } = process.env;
  if (stem === undefined) {
    const detail = `: saveFreq is not 0 and the variable ${STEM} is not set either`;
    const issue = { option: 'savePath', path: '', problem: 'missing', detail } as const;
    throw new OptionError('train.Train', [issue], ['savePath']);
  }
  return [stem, ...(phase ? [phase] : []), 'pkl'].join('.');
}

/** Runs an action during which an attempt to save the dataset is an error. */
function guarding(dataset: Dataset, action: () => void): void {
  const refuse = (): never => {
    throw new StateError(
      'train.Train.save: the model refers to the training dataset, which is not saved with it.',
    );
  };
  Object.defineProperty(dataset, 'getConfig', { value: refuse, configurable: true });
  try {
    action();
  } finally {
    delete (dataset as { getConfig?: unknown }).getConfig;
  }
}

/**
 * Saves a model, monitor included. A crash leaves the old file or the new one.
 * @param log - Is told; undefined to say nothing, as where a plot shows how training goes.
 */
export function saveModel(
  log: Logger | undefined,
  path: string,
  model: Model,
  dataset: Dataset,
): void {
  const write = () => guarding(dataset, () => save(path, model, { onOverwrite: 'backup' }));
  if (log) logTiming(log, `Saving to ${path}`, write);
  else write();
}
