/** @file What drives an epoch. Port of pylearn2/training_algorithms/training_algorithm.py. */
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import type { TerminationCriterion } from '../termination_criteria';

/** Changes a model's parameters with the batches of a dataset, an epoch at a time. */
export abstract class TrainingAlgorithm {
  /** When to stop; null for never. */
  readonly terminationCriterion: TerminationCriterion | null = null;

  /** Prepares training: functions, monitor channels. Called once, before the first epoch. */
  abstract setup(model: Model, dataset: Dataset): void;

  /**
   * Trains one epoch. When the interrupt signal of utils/interrupt is raised it returns at the
   * next batch border, and the next call goes on from there, so that an interrupted epoch ends as
   * it would have.
   * @returns Whether the epoch was completed.
   */
  abstract train(dataset: Dataset): Promise<boolean>;

  /** Whether to train another epoch. */
  continueLearning(model: Model): boolean {
    return this.terminationCriterion?.continueLearning(model) ?? true;
  }

  /** Batches in one epoch, when known; for progress reports. */
  batchesPerEpoch(): number | undefined {
    return undefined;
  }

  /** Frees what training holds beside the model. */
  dispose(): void {}
}
