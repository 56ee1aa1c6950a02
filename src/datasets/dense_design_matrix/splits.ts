/**
 * @file Parts of a dataset's design matrix, for validation. Port of
 * pylearn2/datasets/dense_design_matrix.py (`_apply_holdout` and its callers). Differs: the
 * bootstraps work, where Pylearn2's ask for a mode without a size that it needs.
 */
import { tf } from '../../engine';
import type { RandomState, Seed } from '../../utils/rng';
import type { DesignMatrixBase } from './design_matrix_base';
import { argumentError } from './numbers';

export interface HoldoutOptions {
  /** Examples for training. */
  trainSize?: number;
  /** Their share of all examples, if `trainSize` is not given. */
  trainProp?: number;
  /** Generator or seed of a bootstrap. */
  rng?: RandomState | Seed | null;
}

function fail(option: string, detail: string): never {
  throw argumentError('datasets.DenseDesignMatrix', option, detail);
}

/** Rounds as NumPy does: halves go to the even side. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function trainingSize(examples: number, { trainSize = 0, trainProp = 0 }: HoldoutOptions): number {
  if (trainSize === 0 && trainProp === 0) fail('trainSize', 'this or `trainProp` is needed');
  const size = trainSize !== 0 ? trainSize : roundHalfEven(examples * trainProp);
  if (!Number.isInteger(size) || size < 1 || size >= examples) {
    const detail = `${size} of ${examples} examples leave nothing for one of the parts`;
    fail(trainSize !== 0 ? 'trainSize' : 'trainProp', detail);
  }
  return size;
}

/**
 * Two parts of the features, training and validation, owned by the caller.
 * The larger of them comes first in the dataset.
 */
export function holdout(
  dataset: DesignMatrixBase,
  mode: 'sequential' | 'random_slice',
  options: HoldoutOptions,
): [train: tf.Tensor2D, valid: tf.Tensor2D] {
  const examples = dataset.getNumExamples();
  const train = trainingSize(examples, options);
  const batchSize = Math.max(train, examples - train);
  const rng = mode === 'random_slice' ? options.rng : null;
  const iterator = dataset.iterator({ mode, batchSize, numBatches: 2, rng });
  const [large, rest] = [...iterator].map(([features]) => features as tf.Tensor2D);
  const small = tf.tidy(() => rest.slice([0, 0], [examples - batchSize, -1]));
  rest.dispose();
  return train === batchSize ? [large, small] : [small, large];
}

/** All batches of the features, owned by the caller. */
export function folds(iterator: Iterable<tf.Tensor[]>): tf.Tensor2D[] {
  return [...iterator].map(([features]) => features as tf.Tensor2D);
}
