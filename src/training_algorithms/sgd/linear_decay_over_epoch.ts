/** @file Port of pylearn2/training_algorithms/sgd.py (`LinearDecayOverEpoch`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { getMonitor } from '../../monitor';
import { TrainExtension } from '../../train_extensions/train_extension';
import { OptionError, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { TrainingAlgorithm } from '../training_algorithm';
import { learningRateOf, read } from './learning_rate';
import { linearlyDecayed } from './linear_decay_formula';

export interface LinearDecayOverEpochOptions {
  /** Epoch at which the learning rate begins to fall. */
  start: number;
  /** Epoch at which it has fallen as far as it goes; after `start`. */
  saturate: number;
  /** How far it falls: the share of its first value that is left. */
  decayFactor: number;
}

const schema = optionsOf<LinearDecayOverEpochOptions>()({
  start: z.number().nonnegative(),
  saturate: z.number().nonnegative(),
  decayFactor: z.number(),
});

const WHERE = 'training_algorithms.sgd.LinearDecayOverEpoch';

/** The learning rate falls in a straight line, epoch by epoch. */
export class LinearDecayOverEpoch extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private base?: number;
  private count = 0;

  constructor(options: LinearDecayOverEpochOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { start, saturate } = this.options;
    if (saturate > start) return;
    const detail = `expected more than start (${start}), received ${saturate}`;
    const issue = { option: 'saturate', path: '', problem: 'invalid', detail } as const;
    throw new OptionError(WHERE, [issue], schema.keys);
  }

  override setup(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const learningRate = learningRateOf(algorithm, WHERE);
    this.base ??= read(learningRate);
    this.count = getMonitor(model).getEpochsSeen();
    learningRate.setValue(this.currentLearningRate());
  }

  override onMonitor(_model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    this.count += 1;
    learningRateOf(algorithm, WHERE).setValue(this.currentLearningRate());
  }

  /** The learning rate at the epoch reached. */
  currentLearningRate(): number {
    return linearlyDecayed(this.base ?? 0, this.count, this.options);
  }

  override getState(): Record<string, unknown> {
    return { base: this.base ?? null, count: this.count };
  }

  override setState({ base, count }: Record<string, unknown>): void {
    this.base = (base as number | null) ?? undefined;
    this.count = count as number;
  }
}
