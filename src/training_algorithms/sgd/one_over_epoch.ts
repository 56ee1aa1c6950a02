/** @file Port of pylearn2/training_algorithms/sgd.py (`OneOverEpoch`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { TrainExtension } from '../../train_extensions/train_extension';
import { StateError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { TrainingAlgorithm } from '../training_algorithm';
import { learningRateOf, read } from './learning_rate';

export interface OneOverEpochOptions {
  /** Monitoring, counted from 1, at which the learning rate begins to fall. */
  start: number;
  /** Epochs after `start` until it has lost half its value; `start + 1` unless given. */
  halfLife?: number | null;
  /** The learning rate never falls below this. */
  minLr?: number;
}

const schema = optionsOf<OneOverEpochOptions>()({
  start: z.number(),
  halfLife: z.number().positive().nullish(),
  minLr: z.number().nonnegative().default(1e-6),
});

const WHERE = 'training_algorithms.sgd.OneOverEpoch';

/** From `start` on the learning rate is its first value times h / (epochs since start + h). */
export class OneOverEpoch extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private base?: number;
  private count = 0;

  constructor(options: OneOverEpochOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  /** @throws {@link StateError} when the learning rate is below `minLr` from the beginning. */
  override onMonitor(_model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const learningRate = learningRateOf(algorithm, WHERE);
    this.base ??= this.firstRate(read(learningRate));
    this.count += 1;
    learningRate.setValue(this.currentLearningRate());
  }

  /** The learning rate at the monitoring reached. */
  currentLearningRate(): number {
    const { start, halfLife, minLr } = this.options;
    const base = this.base ?? 0;
    if (this.count < start) return base;
    const half = halfLife ?? start + 1;
    return Math.max((base * half) / (this.count - start + half), minLr);
  }

  private firstRate(rate: number): number {
    const { minLr } = this.options;
    if (rate >= Math.fround(minLr)) return rate;
    throw new StateError(`${WHERE}: the learning rate ${rate} is below min_lr (${minLr}).`);
  }

  override getState(): Record<string, unknown> {
    return { base: this.base ?? null, count: this.count };
  }

  override setState({ base, count }: Record<string, unknown>): void {
    this.base = (base as number | null) ?? undefined;
    this.count = count as number;
  }
}
