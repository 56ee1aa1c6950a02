/** @file Whitening that leaves images looking like images. Port of pylearn2/datasets/preprocessing.py (`ZCA`). */
import { z } from 'zod';
import { eigh, tf } from '../../engine';
import { StateError } from '../../utils/errors';
import type { NdArray } from '../../utils/nd_array';
import { flag, optionConflict, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { changeFeatures } from './change';
import { notFitted, Preprocessor } from './preprocessor';
import { given, taken } from './statistics';

export interface ZCAOptions {
  /** Number of components to keep, those of most variance; null for all. */
  nComponents?: number | null;
  /** Or number of components to drop, those of least variance; null for none. */
  nDropComponents?: number | null;
  /** Added to all variances, against division by little. */
  filterBias?: number;
  /** Whether to keep what {@link ZCA.inverse} needs. */
  storeInverse?: boolean;
}

const count = z.number().int().positive().nullable().default(null);

const schema = optionsOf<ZCAOptions>()({
  nComponents: count,
  nDropComponents: count,
  filterBias: z.number().nonnegative().default(0.1),
  storeInverse: flag().default(true),
});

/** What a fit finds. */
interface Fit {
  /** [features] means. */
  mean: NdArray;
  /** [features, features] what whitens, and what undoes it. */
  P: NdArray;
  invP?: NdArray;
}

const WHERE = 'datasets.preprocessing.ZCA';

/**
 * Makes features uncorrelated and of equal variance, and as like the former ones as can be:
 * (x - mean) V diag(1 / sqrt(variance + bias)) V'. Fitted once; later sets are changed alike.
 * @see Krizhevsky 2009, "Learning multiple layers of features from tiny images", appendix A.
 */
export class ZCA extends Preprocessor {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private fitted?: Fit;

  constructor(options: ZCAOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { nComponents, nDropComponents } = this.options;
    if (nComponents === null || nDropComponents === null) return;
    throw optionConflict(WHERE, 'expected n_components or n_drop_components, received both');
  }

  /** Whether it has taken its statistics. */
  get hasFit(): boolean {
    return this.fitted !== undefined;
  }

  /** @throws StateError when there are no statistics and none may be taken. */
  override apply(dataset: DenseDesignMatrix, canFit = false): void {
    if (!this.fitted && canFit) this.fit(dataset.X);
    const { fitted } = this;
    if (!fitted) throw notFitted('ZCA');
    const { mean, P } = fitted;
    changeFeatures(dataset, (X) => tf.matMul<tf.Tensor2D>(X.sub(given(mean)), given(P)));
  }

  /**
   * Takes the statistics of some examples.
   * @param X - [examples, features] float32, read only.
   */
  fit(X: tf.Tensor2D): void {
    const mean = taken(() => X.mean(0));
    const { values, vectors } = tf.tidy(() => {
      const centred = X.sub(given(mean)) as tf.Tensor2D;
      const covariance = centred.matMul(centred, true).div(X.shape[0]);
      const bias = tf.eye(X.shape[1]).mul(this.options.filterBias);
      return { ...eigh(covariance.add(bias) as tf.Tensor2D) };
    });
    const { nComponents, nDropComponents, storeInverse } = this.options;
    const first = nComponents ? X.shape[1] - nComponents : (nDropComponents ?? 0);
    const power = (exponent: number) => () => {
      const kept = vectors.slice([0, Math.max(0, first)]);
      const scales = values.slice(Math.max(0, first)).pow(exponent);
      return kept.mul<tf.Tensor2D>(scales).matMul(kept, false, true);
    };
    this.fitted = {
      mean,
      P: taken(power(-0.5)),
      invP: storeInverse ? taken(power(0.5)) : undefined,
    };
    tf.dispose([values, vectors]);
  }

  /**
   * What was whitened, as it was before, but for the components that were dropped.
   * @param X - [examples, features] float32, read only.
   * @returns The same shape, owned by the caller.
   */
  inverse(X: tf.Tensor2D): tf.Tensor2D {
    const { fitted } = this;
    if (!fitted) throw notFitted('ZCA');
    const { mean, invP } = fitted;
    if (!invP) throw new StateError(`${WHERE}.inverse: it was made with \`store_inverse: 0\`.`);
    return tf.tidy(() => X.matMul(given<tf.Rank.R2>(invP)).add(given(mean)));
  }

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { ...this.fitted };
  }

  setState({ mean, P, invP }: Partial<Fit>): void {
    this.fitted = mean && P ? { mean, P, invP } : undefined;
  }
}
