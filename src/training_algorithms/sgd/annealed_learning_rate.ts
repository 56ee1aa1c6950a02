/** @file Port of pylearn2/training_algorithms/sgd.py (`AnnealedLearningRate`). */
import { z } from 'zod';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { read } from './learning_rate';
import type { SGD } from './sgd';
import { UpdateCallback } from './update_callback';

export interface AnnealedLearningRateOptions {
  /** Batches after which the learning rate begins to fall. */
  annealStart: number;
}

const schema = optionsOf<AnnealedLearningRateOptions>()({ annealStart: z.number().positive() });

/** After t batches the learning rate is its first value times min(1, annealStart / t). */
export class AnnealedLearningRate extends UpdateCallback {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private base = 0;
  private count = 0;

  constructor(options: AnnealedLearningRateOptions) {
    super();
    const where = 'training_algorithms.sgd.AnnealedLearningRate';
    this.options = parseOptions(schema, options, where);
  }

  override call({ learningRate }: SGD): void {
    if (this.count === 0) this.base = read(learningRate);
    this.count += 1;
    learningRate.setValue(this.currentLearningRate());
  }

  /** The learning rate after the batches seen so far. */
  currentLearningRate(): number {
    return this.base * Math.min(1, this.options.annealStart / this.count);
  }

  override getState(): Record<string, unknown> {
    return { base: this.base, count: this.count };
  }

  override setState({ base, count }: Record<string, unknown>): void {
    this.base = base as number;
    this.count = count as number;
  }
}
