/** @file Principal components. Port of pylearn2/datasets/preprocessing.py (`PCA`, `PCA_ViewConverter`). */
import { z } from 'zod';
import { eigh, tf } from '../../engine';
import { type Axis, type Batch, type Space, VectorSpace } from '../../space';
import { Logger } from '../../utils/log';
import type { NdArray } from '../../utils/nd_array';
import { flag, instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { type ViewConverter, viewConverterSchema } from '../dense_design_matrix/view_converter';
import { changeFeatures } from './change';
import { notFitted, Preprocessor } from './preprocessor';
import { given, taken } from './statistics';

export interface PCAOptions {
  /** Components to keep, those of most variance; all that there are if there are fewer. */
  numComponents: number;
  /** Whether to give all components the variance 1. */
  whiten?: boolean;
}

const schema = optionsOf<PCAOptions>()({
  numComponents: z.number().int().positive(),
  whiten: flag().default(false),
});

/** What a fit finds. */
interface Fit {
  /** [features]. */
  mean: NdArray;
  /** [features, components]: directions of length 1. */
  W: NdArray;
  /** [components]: standard deviations along them. */
  deviations: NdArray;
}

const logger = new Logger('datasets.preprocessing');

/** Replaces features by their principal components. Images stay visible, as far as these go. */
export class PCA extends Preprocessor {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private fitted?: Fit;

  constructor(options: PCAOptions) {
    super();
    this.options = parseOptions(schema, options, 'datasets.preprocessing.PCA');
  }

  /** @throws StateError when there are no statistics and none may be taken. */
  override apply(dataset: DenseDesignMatrix, canFit = false): void {
    if (!this.fitted && canFit) this.fit(dataset.X);
    const before = varianceOf(dataset.X);
    changeFeatures(dataset, (X) => this.toComponents(X));
    logger.info(`original variance: ${before}`);
    logger.info(`processed variance: ${varianceOf(dataset.X)}`);
    const { viewConverter } = dataset;
    if (viewConverter) {
      dataset.viewConverter = new PCAViewConverter({ pca: this, original: viewConverter });
    }
  }

  private fit(X: tf.Tensor2D): void {
    const mean = taken(() => X.mean(0));
    const { values, vectors } = tf.tidy(() => {
      const centred = X.sub(given(mean)) as tf.Tensor2D;
      return { ...eigh(centred.matMul<tf.Tensor2D>(centred, true).div(X.shape[0] - 1)) };
    });
    // Components without variance, but for rounding, are no components.
    const variances = Array.from(values.dataSync());
    const rest = variances.findIndex((value) => value > 0);
    const first = Math.max(rest, variances.length - this.options.numComponents);
    this.fitted = {
      mean,
      W: taken(() => vectors.slice([0, first]).reverse(1)),
      deviations: taken(() => values.slice(first).reverse(0).sqrt()),
    };
    tf.dispose([values, vectors]);
  }

  /** How many components there are; null before a fit. */
  get components(): number | null {
    return this.fitted?.W.shape[1] ?? null;
  }

  private known(): Fit {
    if (this.fitted) return this.fitted;
    throw notFitted('PCA');
  }

  /** The components of some examples: [examples, components], owned by the caller. */
  toComponents(X: tf.Tensor2D): tf.Tensor2D {
    const { mean, W, deviations } = this.known();
    return tf.tidy(() => {
      const components = X.sub(given(mean)).matMul(given<tf.Rank.R2>(W)) as tf.Tensor2D;
      return this.options.whiten ? components.div(given(deviations)) : components;
    });
  }

  /**
   * Features from components: [examples, features], owned by the caller.
   * @param addMean - Whether to add the means of the features; not for weights.
   */
  reconstruct(components: tf.Tensor2D, addMean = true): tf.Tensor2D {
    const { mean, W, deviations } = this.known();
    return tf.tidy(() => {
      const scaled = this.options.whiten ? components.mul(given(deviations)) : components;
      const features = scaled.matMul(given<tf.Rank.R2>(W), false, true) as tf.Tensor2D;
      return addMean ? features.add(given(mean)) : features;
    });
  }

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { ...this.fitted };
  }

  setState({ mean, W, deviations }: Partial<Fit>): void {
    this.fitted = mean && W && deviations ? { mean, W, deviations } : undefined;
  }
}

/** The sum of the variances of the features. */
function varianceOf(X: tf.Tensor2D): number {
  const [sum] = taken(() => tf.moments(X, 0).variance.sum()).toFloat64();
  return sum;
}

export interface PCAViewConverterOptions {
  /** What made the components. */
  pca: PCA;
  /** Turns the features that there were before into images. */
  original: ViewConverter;
}

const converterSchema = optionsOf<PCAViewConverterOptions>()({
  pca: instanceOf(PCA),
  original: viewConverterSchema,
});

/** Shows components as the images that they stand for. */
export class PCAViewConverter implements ViewConverter {
  static readonly schema = converterSchema;
  private readonly options: Parsed<typeof converterSchema>;

  constructor(options: PCAViewConverterOptions) {
    const where = 'datasets.preprocessing.PCAViewConverter';
    this.options = parseOptions(converterSchema, options, where);
  }

  get shape(): readonly number[] {
    return this.options.original.shape;
  }

  /** Number of components; null before the statistics are there. */
  get size(): number | null {
    return this.options.pca.components;
  }

  get axes(): readonly Axis[] {
    return this.options.original.axes;
  }

  viewShape(): number[] {
    return this.options.original.viewShape();
  }

  weightsViewShape(): number[] {
    return this.options.original.weightsViewShape();
  }

  designMatToTopoView(matrix: tf.Tensor2D): tf.Tensor4D {
    const { pca, original } = this.options;
    return tf.tidy(() => original.designMatToTopoView(pca.reconstruct(matrix)));
  }

  designMatToWeightsView(matrix: tf.Tensor2D): tf.Tensor4D {
    const { pca, original } = this.options;
    return tf.tidy(() => original.designMatToWeightsView(pca.reconstruct(matrix, false)));
  }

  topoViewToDesignMat(images: tf.Tensor4D): tf.Tensor2D {
    const { pca, original } = this.options;
    return tf.tidy(() => pca.toComponents(original.topoViewToDesignMat(images)));
  }

  /** In a space of vectors the components themselves, in others the images. */
  getFormattedBatch(matrix: tf.Tensor2D, space: Space): Batch {
    const { pca, original } = this.options;
    if (space instanceof VectorSpace) {
      return new VectorSpace({ dim: matrix.shape[1] }).formatAs(matrix, space);
    }
    return tf.tidy(() => original.getFormattedBatch(pca.reconstruct(matrix), space) as tf.Tensor);
  }

  setAxes(axes: readonly Axis[]): void {
    this.options.original.setAxes(axes);
  }

  getConfig(): object {
    return this.options;
  }
}
