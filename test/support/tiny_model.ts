/**
 * @file The smallest real model, cost and algorithm: a vector `w` that learns the mean of the
 * examples. Known in closed form, so that tests can compute by hand what comes out.
 */
import { Cost } from '../../src/costs';
import type { Dataset } from '../../src/datasets';
import { function as makeFunction, type SharedVariable, sharedX, tf } from '../../src/engine';
import { type Channels, Model, type ModelOptions } from '../../src/models';
import { getMonitor, type Monitor } from '../../src/monitor';
import { type Batch, type DataSpecs, DataSpecsMapping, VectorSpace } from '../../src/space';
import type { TerminationCriterion } from '../../src/termination_criteria';
import { TrainingAlgorithm } from '../../src/training_algorithms';
import { breathe, interruptSignal } from '../../src/utils/interrupt';

export interface TinyModelOptions extends ModelOptions {
  /** First value of w; one zero unless given. */
  start?: number[];
}

/** Channel `w_sum` is the sum of w, `x_max` the largest number in the batch. */
export class TinyModel extends Model {
  readonly w: SharedVariable;
  private readonly space: VectorSpace;
  /** How often the constraints were applied to the parameters as they are. */
  enforced = 0;

  constructor(options: TinyModelOptions = {}) {
    super(options);
    const { start = [0] } = options;
    this.w = sharedX(start, 'w');
    this.space = new VectorSpace({ dim: start.length });
  }

  override getParams(): SharedVariable[] {
    return [this.w];
  }

  override getInputSpace(): VectorSpace {
    return this.space;
  }

  override getOutputSpace(): VectorSpace {
    return this.space;
  }

  override enforceConstraints(): void {
    this.enforced += 1;
  }

  override getMonitoringDataSpecs(): DataSpecs {
    return { space: this.space, source: 'features' };
  }

  override getMonitoringChannels(data: Batch): Channels {
    return { w_sum: this.w.sum(), x_max: (data as tf.Tensor).max() };
  }
}

/** Mean over the examples of half the squared distance to w. Channel `distance` is twice that. */
export class TinyCost extends Cost<TinyModel> {
  override expr(model: TinyModel, data: Batch): tf.Scalar {
    const x = data as tf.Tensor2D;
    return x.sub(model.w).square().sum(1).mean().mul(0.5);
  }

  override isStochastic(): boolean {
    return false;
  }

  override getMonitoringChannels(model: TinyModel, data: Batch): Channels {
    return { distance: this.expr(model, data).mul(2) };
  }
}

/** Gradient descent on {@link TinyCost}, one step of `rate` a batch of `batchSize` examples. */
export class TinyDescent extends TrainingAlgorithm {
  override readonly terminationCriterion: TerminationCriterion | null;
  /** Called after each batch with the batches taken in this epoch. */
  onBatch: (batches: number) => void = () => {};
  private pending?: Iterator<tf.Tensor[]>;
  private taken = 0;
  private model!: TinyModel;
  private monitor!: Monitor;
  private step!: (batch: tf.Tensor) => tf.Scalar[];

  constructor(
    readonly batchSize: number,
    readonly rate: number,
    criterion: TerminationCriterion | null = null,
    /** Whether to watch the training set. */
    private readonly watching = true,
  ) {
    super();
    this.terminationCriterion = criterion;
  }

  override setup(model: Model, dataset: Dataset): void {
    this.model = model as TinyModel;
    this.monitor = getMonitor(model);
    const cost = new TinyCost();
    if (this.watching) this.monitor.setup({ dataset, cost, batchSize: this.batchSize });
    this.step = makeFunction<[tf.Tensor], tf.Scalar[]>((batch) => {
      const gradient = cost.getGradients(this.model, batch).gradients.get(this.model.w)!;
      const next = this.model.w.sub(gradient.mul(this.rate));
      return { outputs: [], updates: new Map([[this.model.w, next]]) };
    });
  }

  override async train(dataset: Dataset): Promise<boolean> {
    const signal = interruptSignal();
    const batches = (this.pending ??= this.begin(dataset));
    for (;;) {
      const { value: batch, done } = batches.next();
      if (done) break;
      this.step(batch[0]);
      this.monitor.reportBatch(batch[0].shape[0]);
      tf.dispose(batch);
      this.onBatch((this.taken += 1));
      await breathe();
      if (signal.aborted) return false;
    }
    this.pending = undefined;
    return true;
  }

  private begin(dataset: Dataset): Iterator<tf.Tensor[]> {
    this.taken = 0;
    const specs = { space: this.model.getInputSpace(), source: 'features' };
    const dataSpecs = new DataSpecsMapping(specs).flat;
    return dataset.iterator({ mode: 'sequential', batchSize: this.batchSize, dataSpecs });
  }
}

/** The numbers of a shared variable. */
export function valuesOf(variable: SharedVariable): number[] {
  return [...(variable.getValue().data as Float32Array)];
}
