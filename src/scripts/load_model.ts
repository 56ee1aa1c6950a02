/** @file Trained models from files, for the scripts that look at them. */
import { Model } from '../models';
import type { Monitor } from '../monitor';
import { DataError, show } from '../utils/errors';
import { load } from '../utils/serial';

/**
 * Loads a saved model.
 * @param where - Starts the error messages, e.g. `scripts.print_monitor`.
 * @throws {@link DataError} when the file holds something else.
 */
export function loadModel(path: string, where: string): Model {
  if (/\.ya?ml$/.test(path)) {
    throw new DataError(`${where}: ${path} is an experiment; expected the model that it saved.`);
  }
  const loaded = load(path);
  if (loaded instanceof Model) return loaded;
  throw new DataError(`${where}: expected ${path} to hold a model, received ${show(loaded)}.`);
}

/** @throws {@link DataError} when the model was never monitored. */
export function monitorOf(model: Model, path: string, where: string): Monitor {
  if (model.monitor !== undefined) return model.monitor;
  throw new DataError(`${where}: the model in ${path} was saved without a monitor.`);
}
