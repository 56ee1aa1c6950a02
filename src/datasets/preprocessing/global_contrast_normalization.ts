/**
 * @file Equal contrast of all examples. Port of pylearn2/datasets/preprocessing.py
 * (`GlobalContrastNormalization`).
 */
import { z } from 'zod';
import { tf } from '../../engine';
import { preprocessing } from '../../expr';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { changeFeatures } from './change';
import { Preprocessor } from './preprocessor';

export interface GlobalContrastNormalizationOptions {
  /** Whether to subtract from each example its own mean. */
  subtractMean?: boolean;
  /** What the norms become. */
  scale?: number;
  /** Added to the squared norm, against division by little. */
  sqrtBias?: number;
  /** Whether to divide by the standard deviation instead of the norm. */
  useStd?: boolean;
  /** Examples with smaller divisors are not divided. */
  minDivisor?: number;
  /** Examples that are changed at a time, to spare memory; null for all. */
  batchSize?: number | null;
}

const schema = optionsOf<GlobalContrastNormalizationOptions>()({
  subtractMean: flag().default(true),
  scale: z.number().positive().default(1),
  sqrtBias: z.number().nonnegative().default(0),
  useStd: flag().default(false),
  minDivisor: z.number().default(1e-8),
  batchSize: z.number().int().positive().nullable().default(null),
});

/** Subtracts from each example its mean, and divides it by its norm or standard deviation. */
export class GlobalContrastNormalization extends Preprocessor {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: GlobalContrastNormalizationOptions = {}) {
    super();
    const where = 'datasets.preprocessing.GlobalContrastNormalization';
    this.options = parseOptions(schema, options, where);
  }

  override apply(dataset: DenseDesignMatrix): void {
    changeFeatures(dataset, (X) => this.byBatches(X));
  }

  private byBatches(X: tf.Tensor2D): tf.Tensor2D {
    const examples = X.shape[0];
    const size = this.options.batchSize ?? examples;
    const parts: tf.Tensor2D[] = [];
    for (let start = 0; start < examples; start += size) {
      const part = () => X.slice(start, Math.min(size, examples - start));
      parts.push(tf.tidy(() => preprocessing.globalContrastNormalize(part(), this.options)));
    }
    return tf.concat(parts);
  }

  getConfig(): object {
    return this.options;
  }
}
