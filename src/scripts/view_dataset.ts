/** @file Datasets by the YAML that a model remembers, without their data where that will do. */
import { load } from '../config';
import { control, type Dataset } from '../datasets';
import type { Model } from '../models';
import { StateError } from '../utils/errors';

/**
 * The dataset on which a model was trained, with its layout but without its data; the caller owns it.
 * @param where - Starts the error message.
 * @throws {@link StateError} when the model does not know its dataset.
 */
export function datalessDataset(model: Model, where: string): Dataset {
  if (model.datasetYamlSrc === undefined) {
    throw new StateError(
      `${where}: the model does not know the dataset it was trained on, which says how its ` +
        'weights are laid out. Pass `dataset`.',
    );
  }
  control.pushLoadData(false);
  try {
    return load<Dataset>(model.datasetYamlSrc);
  } finally {
    control.popLoadData();
  }
}
