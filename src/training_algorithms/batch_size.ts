/**
 * @file Agreement of algorithm and model on the batch size. Port of
 * pylearn2/training_algorithms/training_algorithm.py (`_synchronize_batch_size`).
 */
import { type Dataset, hasUniformBatchSize, type IterationMode } from '../datasets';
import type { Model } from '../models';
import { StateError } from '../utils/errors';

/** Neither the algorithm nor the model says how many examples a batch has. */
export class NoBatchSizeError extends StateError {}

/**
 * The batch size to train with.
 * @param force - Whether to give the model our batch size where it has another one.
 * @throws {@link NoBatchSizeError} when nobody gives one; StateError when they disagree.
 */
export function synchronizeBatchSize(
  where: string,
  model: Model,
  batchSize: number | null,
  force: boolean,
): number {
  const own = (model.forceBatchSize ?? 0) > 0 ? (model.forceBatchSize as number) : null;
  if (batchSize === null) {
    if (own !== null) return own;
    throw new NoBatchSizeError(
      `${where}: no batch size: give \`batch_size\`, or use a model that has its own.`,
    );
  }
  if (own === null || own === batchSize) return batchSize;
  if (!force) {
    throw new StateError(
      `${where}: \`batch_size\` is ${batchSize} but the model insists on ${own}; ` +
        '`set_batch_size: 1` changes the model.',
    );
  }
  model.setBatchSize(batchSize);
  return batchSize;
}

/**
 * Checks, for a model that insists on a batch size, that no batch is smaller.
 * @param what - Names the dataset in the message.
 * @throws {@link StateError}
 */
export function expectWholeBatches(
  where: string,
  what: string,
  dataset: Dataset,
  batchSize: number,
  mode: IterationMode,
): void {
  const examples = dataset.getNumExamples();
  if (hasUniformBatchSize(mode) || examples % batchSize === 0) return;
  throw new StateError(
    `${where}: the model insists on batches of one size, but ${examples} examples of the ` +
      `${what} dataset do not divide into batches of ${batchSize}; ` +
      'an iteration mode that begins with `even_` leaves the odd ones out.',
  );
}
