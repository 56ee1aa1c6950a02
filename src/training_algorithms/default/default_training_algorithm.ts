/**
 * @file Training by models that know how. Port of pylearn2/training_algorithms/default.py
 * (`DefaultTrainingAlgorithm`). Differs: an epoch can be interrupted and gone on with.
 */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { getMonitor } from '../../monitor';
import type { TerminationCriterion } from '../../termination_criteria';
import { StateError } from '../../utils/errors';
import { breathe, interruptSignal } from '../../utils/interrupt';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { synchronizeBatchSize } from '../batch_size';
import {
  batchTrainingShape,
  type BatchTrainingOptions,
  count,
  expectMonitoringDataset,
} from '../batch_training_options';
import { TrainingAlgorithm } from '../training_algorithm';

export interface DefaultTrainingAlgorithmOptions extends BatchTrainingOptions {
  /** Batches in an epoch. */
  batchesPerIter?: number;
  /** Monitoring batches; -1 for all. */
  monitoringBatches?: number | null;
}

const schema = optionsOf<DefaultTrainingAlgorithmOptions>()({
  ...batchTrainingShape,
  batchesPerIter: count.default(1000),
  monitoringBatches: z
    .union([z.literal(-1), count])
    .nullable()
    .default(-1),
});

const WHERE = 'training_algorithms.default.DefaultTrainingAlgorithm';

/** A model that trains itself on one batch at a time. */
export interface BatchTrainedModel extends Model {
  /** Takes a batch from the dataset and learns from it; false when there is no more to learn. */
  trainBatch(dataset: Dataset, batchSize: number): boolean | Promise<boolean>;
}

function trainsBatches(model: Model): model is BatchTrainedModel {
  return typeof (model as Partial<BatchTrainedModel>).trainBatch === 'function';
}

/** Asks the model to train itself on a number of batches an epoch. Monitors no objective. */
export class DefaultTrainingAlgorithm extends TrainingAlgorithm {
  static readonly schema = schema;
  override readonly terminationCriterion: TerminationCriterion | null;
  private readonly options: Parsed<typeof schema>;
  private bound?: { model: BatchTrainedModel; batchSize: number };
  /** Batches of the present epoch so far. */
  private done = 0;
  /** Whether the model has more to learn. */
  private learnMore = true;

  constructor(options: DefaultTrainingAlgorithmOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    expectMonitoringDataset(WHERE, this.options, schema.keys);
    this.terminationCriterion = this.options.terminationCriterion ?? null;
  }

  /** @throws {@link StateError} when the model cannot train itself on a batch. */
  override setup(model: Model): void {
    if (!trainsBatches(model)) {
      throw new StateError(`${WHERE}: ${model.constructor.name} has no method trainBatch.`);
    }
    const { batchSize = null, setBatchSize, monitoringBatches, ...options } = this.options;
    const size = synchronizeBatchSize(WHERE, model, batchSize, setBatchSize);
    this.bound = { model, batchSize: size };
    getMonitor(model).setup({
      dataset: options.monitoringDataset ?? null,
      cost: null,
      batchSize: options.monitoringBatchSize ?? size,
      numBatches: monitoringBatches === -1 ? null : monitoringBatches,
    });
  }

  override async train(dataset: Dataset): Promise<boolean> {
    if (!this.bound) throw new StateError(`${WHERE}: train comes after setup(model, dataset).`);
    const { model, batchSize } = this.bound;
    const signal = interruptSignal();
    while (this.done < this.options.batchesPerIter) {
      if (signal.aborted) return false;
      this.learnMore = await model.trainBatch(dataset, batchSize);
      getMonitor(model).reportBatch(batchSize);
      this.done += 1;
      if (!this.learnMore) break;
      await breathe();
    }
    this.done = 0;
    return true;
  }

  override continueLearning(model: Model): boolean {
    return this.learnMore && super.continueLearning(model);
  }

  override batchesPerEpoch(): number {
    return this.options.batchesPerIter;
  }
}
