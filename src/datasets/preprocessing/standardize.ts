/** @file Means and deviations made the same. Port of pylearn2/datasets/preprocessing.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import type { NdArray } from '../../utils/nd_array';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { changeFeatures } from './change';
import { notFitted, Preprocessor } from './preprocessor';
import { given, taken } from './statistics';

export interface StandardizeOptions {
  /** Whether one mean of all numbers is subtracted, instead of one for each feature. */
  globalMean?: boolean;
  /** The same for the standard deviation that is divided by. */
  globalStd?: boolean;
  /** Added to standard deviations, against division by little. */
  stdEps?: number;
}

const schema = optionsOf<StandardizeOptions>()({
  globalMean: flag().default(false),
  globalStd: flag().default(false),
  stdEps: z.number().nonnegative().default(1e-4),
});

/** Subtracts the mean and divides by the standard deviation, those of the set that it was fitted to. */
export class Standardize extends Preprocessor {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private statistics?: { mean: NdArray; std: NdArray };

  constructor(options: StandardizeOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'datasets.preprocessing.Standardize');
  }

  /** @throws StateError when there are no statistics and none may be taken. */
  override apply(dataset: DenseDesignMatrix, canFit = false): void {
    if (canFit) this.fit(dataset.X);
    const { statistics } = this;
    if (!statistics) throw notFitted('Standardize');
    const { mean, std } = statistics;
    changeFeatures(dataset, (X) => X.sub(given(mean)).div(given(std).add(this.options.stdEps)));
  }

  private fit(X: tf.Tensor2D): void {
    const { globalMean, globalStd } = this.options;
    this.statistics = {
      mean: taken(() => X.mean(globalMean ? undefined : 0)),
      std: taken(() => tf.moments(X, globalStd ? undefined : 0).variance.sqrt()),
    };
  }

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { statistics: this.statistics };
  }

  setState({ statistics }: { statistics?: { mean: NdArray; std: NdArray } }): void {
    this.statistics = statistics;
  }
}

export interface RemoveMeanOptions {
  /** Over what means are taken: 0 examples, 1 features, null both. */
  axis?: 0 | 1 | null;
}

const meanSchema = optionsOf<RemoveMeanOptions>()({
  axis: z
    .union([z.literal(0), z.literal(1)])
    .nullable()
    .default(0),
});

/**
 * Subtracts means, those of the set that it was fitted to. Differs from the original, which fails
 * with axis 1: each example then loses its own mean.
 */
export class RemoveMean extends Preprocessor {
  static readonly schema = meanSchema;
  private readonly options: Parsed<typeof meanSchema>;
  private mean?: NdArray;

  constructor(options: RemoveMeanOptions = {}) {
    super();
    this.options = parseOptions(meanSchema, options, 'datasets.preprocessing.RemoveMean');
  }

  /** @throws StateError when there are no means and none may be taken. */
  override apply(dataset: DenseDesignMatrix, canFit = true): void {
    const { axis } = this.options;
    if (axis === 1) return changeFeatures(dataset, (X) => X.sub(X.mean(1, true)));
    if (canFit) this.mean = taken(() => dataset.X.mean(axis ?? undefined));
    const { mean } = this;
    if (!mean) throw notFitted('RemoveMean');
    changeFeatures(dataset, (X) => X.sub(given(mean)));
  }

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { mean: this.mean };
  }

  setState({ mean }: { mean?: NdArray }): void {
    this.mean = mean;
  }
}
