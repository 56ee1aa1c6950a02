/** @file What every preprocessor does. Port of pylearn2/datasets/preprocessing.py (`Preprocessor`). */
import { StateError } from '../../utils/errors';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';

/** Changes the features of a dataset, maybe with statistics that it takes from it. */
export abstract class Preprocessor {
  /**
   * Replaces the dataset's design matrix.
   * @param canFit - Whether to take the statistics from this dataset; otherwise those taken
   * before are used.
   */
  abstract apply(dataset: DenseDesignMatrix, canFit?: boolean): void;
}

/** The error of a preprocessor that is to use statistics and has taken none. */
export function notFitted(name: string): StateError {
  return new StateError(
    `datasets.preprocessing.${name}: it has taken no statistics yet: give the training set ` +
      '`fit_preprocessor: 1`, and apply the same preprocessor to the others.',
  );
}
