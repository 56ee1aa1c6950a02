/**
 * @file What SGD and BGD share: cost, batch size, monitoring, and an epoch that can be interrupted
 * between batches and gone on with. Port of the common parts of pylearn2/training_algorithms/sgd.py
 * and bgd.py.
 */
import type { Cost } from '../costs';
import {
  BatchGroups,
  Dataset,
  type DatasetIterator,
  hasUniformBatchSize,
  isStochastic,
  type IterationMode,
  type TakeBatch,
} from '../datasets';
import type { tf } from '../engine';
import type { Model } from '../models';
import { getMonitor, type Monitor } from '../monitor';
import { type Batch, DataSpecsMapping } from '../space';
import type { TerminationCriterion } from '../termination_criteria';
import { StateError } from '../utils/errors';
import { breathe, interruptSignal } from '../utils/interrupt';
import { OptionError, optionConflict } from '../utils/options';
import { RandomState, type RandomStateState, type Seed } from '../utils/rng';
import { expectWholeBatches, synchronizeBatchSize } from './batch_size';
import type { CostTrainingOptions, MonitoringDataset } from './batch_training_options';
import { defaultCost } from './default_cost';
import { TrainingAlgorithm } from './training_algorithm';

/** What training works on, known from setup on. */
interface Bound {
  model: Model;
  cost: Cost;
  monitor: Monitor;
  mapping: DataSpecsMapping;
  batchSize: number;
  dataset: Dataset;
}

/** The orders in which to go through datasets. */
interface Modes {
  train: IterationMode;
  monitor: IterationMode;
}

/** Trains with a cost on the batches of a dataset. */
export abstract class BatchTrainingAlgorithm extends TrainingAlgorithm {
  override readonly terminationCriterion: TerminationCriterion | null;
  /** What the monitor watches, by name; null for nothing. */
  readonly monitoringDataset: MonitoringDataset | null;
  /** Draws the order of the examples, one permutation an epoch. */
  protected readonly rng: RandomState;
  private bound?: Bound;
  private epoch?: DatasetIterator;
  /** The batches of the epoch, where they are taken by number. */
  private groups?: BatchGroups;
  /** A batch that is not finished with; the numbers of several, with {@link groups}. */
  private pending?: tf.Tensor[];

  /**
   * @param where - Starts error messages.
   * @param common - Checked options.
   */
  constructor(
    protected readonly where: string,
    private readonly common: CostTrainingOptions,
    private readonly modes: Modes,
    seed: Seed,
  ) {
    super();
    this.terminationCriterion = common.terminationCriterion ?? null;
    this.monitoringDataset = common.monitoringDataset ?? null;
    this.rng = new RandomState({ seed });
  }

  /** The model under training. */
  get model(): Model {
    return this.whenSetUp().model;
  }

  /** What is minimised; from setup on also when the model's default was asked for. */
  get cost(): Cost {
    return this.whenSetUp().cost;
  }

  protected get monitor(): Monitor {
    return this.whenSetUp().monitor;
  }

  /**
   * Binds the algorithm to a model.
   * @throws {@link StateError} when batch sizes do not fit or the cost uses no data.
   */
  override setup(model: Model, dataset: Dataset): void {
    this.abandonEpoch();
    const cost = this.common.cost ?? defaultCost(model);
    const batchSize = this.agreeOnBatchSize(model, dataset);
    const mapping = new DataSpecsMapping(cost.getDataSpecs(model));
    if (mapping.flat.sources.length === 0) {
      throw new StateError(`${this.where}: the cost does not use data, so there is no epoch.`);
    }
    this.bound = { model, cost, batchSize, mapping, monitor: getMonitor(model), dataset };
    this.prepare(model, cost);
    model.optimiserState = () => this.getState();
  }

  override async train(dataset: Dataset): Promise<boolean> {
    const signal = interruptSignal();
    try {
      if (!this.epoch) this.beginEpoch(dataset);
      while (this.takeBatch()) {
        if (signal.aborted || !(await this.trainPending(signal))) return false;
        this.dropBatch();
        await breathe();
      }
    } catch (error) {
      this.abandonEpoch();
      throw error;
    }
    this.epoch = undefined;
    this.checkEpoch();
    return true;
  }

  override batchesPerEpoch(): number | undefined {
    if (this.epoch) return this.epoch.numBatches;
    if (this.common.batchesPerIter) return this.common.batchesPerIter;
    if (!this.bound || this.modes.train === 'even_sequences') return undefined;
    const batches = this.bound.dataset.getNumExamples() / this.bound.batchSize;
    return hasUniformBatchSize(this.modes.train) ? Math.floor(batches) : Math.ceil(batches);
  }

  /** Everything that training would need to go on as if it had not stopped; plain data. */
  getState(): Record<string, unknown> {
    return { rng: this.rng.getState() };
  }

  setState(state: Record<string, unknown>): void {
    this.rng.setState(state.rng as RandomStateState);
  }

  override dispose(): void {
    this.abandonEpoch();
  }

  /** Called by setup when model and cost are known. */
  protected abstract prepare(model: Model, cost: Cost): void;

  /**
   * Trains on one batch, read only, and tells the monitor.
   * @returns False when an interrupt cut it short; the same batch comes again.
   */
  protected abstract trainBatch(batch: tf.Tensor[], signal: AbortSignal): Promise<boolean>;

  /**
   * Trains on batches given by number, where the algorithm can and the dataset lies on the device.
   * @param numbers - int32 [batches, batch]: which examples.
   * @param take - Takes a batch, inside a compiled function; mostly the same at each call.
   */
  protected trainNumbered?(numbers: tf.Tensor2D, take: TakeBatch): Promise<boolean>;

  /** How many batches {@link trainNumbered} is to be given at most. */
  protected batchesAtOnce(): number {
    return 1;
  }

  /** Called before the first batch and after the last of an epoch. */
  protected checkEpoch(): void {}

  /** The batch as the cost wants it. */
  protected nest(batch: readonly tf.Tensor[]): Batch {
    return this.whenSetUp().mapping.nest(batch);
  }

  /** How many examples a batch holds. */
  protected sizeOf(batch: readonly tf.Tensor[]): number {
    return this.whenSetUp().mapping.flat.spaces[0].batchSize(batch[0]);
  }

  /** Adds the usual channels, if there is something to monitor on. */
  protected setupMonitor(extraCosts: Record<string, Cost> | null = null): void {
    const { cost, monitor, batchSize: own } = this.whenSetUp();
    const { monitoringBatchSize, monitoringBatches, batchesPerIter } = this.common;
    const asTraining = monitoringBatchSize == null && monitoringBatches == null;
    try {
      monitor.setup({
        dataset: this.monitoringDataset,
        cost,
        batchSize: asTraining ? own : (monitoringBatchSize ?? null),
        numBatches: asTraining ? (batchesPerIter ?? null) : (monitoringBatches ?? null),
        mode: this.modes.monitor,
        extraCosts,
      });
    } catch (error) {
      if (!asTraining || !batchesPerIter || !(error instanceof OptionError)) throw error;
      throw optionConflict(
        this.where,
        'monitoring takes batch_size and batches_per_iter too, unless it is given ' +
          `monitoring_batch_size or monitoring_batches; ${error.message.replace(/\.$/, '')}`,
      );
    }
  }

  /** The dataset that channels without data of their own are computed with. */
  protected firstMonitoringDataset(): Dataset | undefined {
    return Object.values(monitoringDatasets(this.monitoringDataset))[0];
  }

  private whenSetUp(): Bound {
    if (this.bound) return this.bound;
    throw new StateError(`${this.where}: train and its like come after setup(model, dataset).`);
  }

  private agreeOnBatchSize(model: Model, dataset: Dataset): number {
    const { batchSize = null, setBatchSize = false } = this.common;
    const size = synchronizeBatchSize(this.where, model, batchSize, setBatchSize);
    if ((model.forceBatchSize ?? 0) > 0) {
      expectWholeBatches(this.where, 'training', dataset, size, this.modes.train);
      const watched = Object.entries(monitoringDatasets(this.monitoringDataset));
      for (const [name, other] of watched) {
        const what = `monitoring${name && ' '}${name}`;
        expectWholeBatches(this.where, what, other, size, this.modes.monitor);
      }
    }
    return size;
  }

  private beginEpoch(dataset: Dataset): void {
    const { mapping, batchSize } = this.whenSetUp();
    this.checkEpoch();
    this.epoch = dataset.iterator({
      mode: this.modes.train,
      batchSize,
      numBatches: this.common.batchesPerIter ?? null,
      rng: isStochastic(this.modes.train) ? this.rng : null,
      dataSpecs: mapping.flat,
    });
    const indexed = this.trainNumbered && this.epoch.indexed;
    this.groups = indexed && new BatchGroups(indexed);
  }

  private trainPending(signal: AbortSignal): Promise<boolean> {
    if (!this.groups) return this.trainBatch(this.pending!, signal);
    return this.trainNumbered!(this.pending![0] as tf.Tensor2D, this.groups.take);
  }

  /** Makes the next batch, or several, the pending one; false at the end of the epoch. */
  private takeBatch(): boolean {
    if (this.pending) return true;
    return this.groups ? this.takeNumbers(this.groups) : this.takeTensors();
  }

  private takeNumbers(groups: BatchGroups): boolean {
    const numbers = groups.next(this.batchesAtOnce());
    if (numbers) this.pending = [numbers];
    return numbers !== undefined;
  }

  private takeTensors(): boolean {
    const { value, done } = this.epoch!.next();
    if (done) return false;
    this.pending = value as tf.Tensor[];
    return true;
  }

  private dropBatch(): void {
    this.pending?.forEach((tensor) => tensor.dispose());
    this.pending = undefined;
  }

  private abandonEpoch(): void {
    this.dropBatch();
    this.epoch?.return?.();
    this.epoch = undefined;
  }
}

/** Datasets by name; a single one has the name ''. */
function monitoringDatasets(datasets: MonitoringDataset | null): Record<string, Dataset> {
  if (datasets === null) return {};
  return datasets instanceof Dataset ? { '': datasets } : datasets;
}
