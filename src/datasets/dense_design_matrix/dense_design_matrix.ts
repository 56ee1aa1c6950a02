/**
 * @file Datasets that fit in a matrix. Port of pylearn2/datasets/dense_design_matrix.py
 * (`DenseDesignMatrix`). Differs: the matrix lives on the device, and what methods return are
 * tensors of which the caller becomes the owner.
 */
import { tf } from '../../engine';
import { datasetBundle } from '../../gui';
import { type Axis, type Batch, defaultAxes, type Space } from '../../space';
import { displaySymbol, type MimeBundle } from '../../utils/display';
import { StateError } from '../../utils/errors';
import { NdArray } from '../../utils/nd_array';
import {
  type OptionsSchema,
  parseOptions,
  type Parsed as ParsedOptions,
} from '../../utils/options';
import { makeRng, type RandomState, type Seed } from '../../utils/rng';
import type { Preprocessor } from '../preprocessing/preprocessor';
import { DefaultViewConverter } from './default_view_converter';
import { describeSources } from './describe';
import { DesignMatrixBase } from './design_matrix_base';
import { argumentError, type Numbers, numbersError, realTensor } from './numbers';
import { type DenseDesignMatrixOptions, denseDesignMatrixSchema } from './options';
import { folds, holdout, type HoldoutOptions } from './splits';
import type { ViewConverter } from './view_converter';

const WHERE = 'datasets.DenseDesignMatrix';
/** Examples that a notebook shows. */
const SHOWN = 50;
type Parsed = ParsedOptions<typeof denseDesignMatrixSchema>;

/**
 * Examples as the rows of a matrix, maybe with targets and maybe seen as images.
 * `new DenseDesignMatrix({ X: [[0, 1], [1, 0]], y: [0, 1], yLabels: 2 })`.
 */
export class DenseDesignMatrix extends DesignMatrixBase {
  static readonly schema: OptionsSchema<DenseDesignMatrixOptions> = denseDesignMatrixSchema;
  /** What was applied when the dataset was made. */
  readonly preprocessor: Preprocessor | null;

  /**
   * @throws OptionError when neither X nor topoView is given, or both; when X and y differ in
   * length; when a number is not finite or a label is out of range.
   */
  constructor(options: DenseDesignMatrixOptions) {
    const parsed = parseOptions(denseDesignMatrixSchema, options, WHERE);
    const { preprocessor, fitPreprocessor } = parsed;
    super({ ...parsed, rng: makeRng(parsed.rng) });
    this.preprocessor = preprocessor;
    try {
      this.fill(parsed);
      preprocessor?.apply(this, fitPreprocessor);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  private fill({ X, topoView, y, viewConverter, axes, yLabels }: Parsed): void {
    if ((X === null) === (topoView === null)) {
      throw numbersError('X', '', 'either this or `topoView` is needed');
    }
    if (y === null && yLabels !== null) throw numbersError('yLabels', '', 'there is no `y`');
    this.viewConverter = viewConverter;
    if (X !== null) this.takeFeatures(this.readFeatures('X', X));
    else this.takeImages(topoView!, axes, viewConverter);
    this.checkWidth();
    if (y !== null) this.takeTargets(this.readTargets(y, this.getNumExamples()));
  }

  private takeImages(images: Numbers, axes: readonly Axis[], given: ViewConverter | null): void {
    if (given)
      throw numbersError('viewConverter', '', 'it follows from `topoView` where that is given');
    if (this.XLabels !== null) throw numbersError('XLabels', '', 'images hold no labels');
    this.setTopologicalView(images, axes);
  }

  private checkWidth(): void {
    if (!this.viewConverter) return;
    const { shape, size = shape.reduce((a, b) => a * b, 1) } = this.viewConverter;
    const [expected, received] = [size, this.X.shape[1]];
    if (expected === null || expected === received) return;
    const detail = `images of ${shape.join(' x ')} take ${expected} features, there are ${received}`;
    throw numbersError('viewConverter', '', detail);
  }

  /** The targets as they were given, owned by the caller; null if there are none. */
  getTargets(): tf.Tensor | null {
    return this.y && this.y.clone();
  }

  /** The data as {@link getDataSpecs} says, owned by the caller. */
  getData(): tf.Tensor[] {
    return [this.X, ...(this.y ? [this.y] : [])].map((tensor) => tensor.clone());
  }

  /**
   * The features, or those of some images, [examples, features], owned by the caller.
   * @param images - In the order of the view converter's axes.
   */
  getDesignMatrix(images?: tf.Tensor4D): tf.Tensor2D {
    return images ? this.converter('getDesignMatrix').topoViewToDesignMat(images) : this.X.clone();
  }

  /** Replaces the features; what is given is copied. */
  setDesignMatrix(X: Numbers): void {
    this.takeFeatures(this.readFeatures('X', X));
  }

  /** Replaces the targets, one for each example; what is given is copied. Null for none. */
  setTargets(y: Numbers | null): void {
    this.takeTargets(y && this.readTargets(y, this.getNumExamples()));
  }

  /** Features, all unless given, as images in the order of the view converter's axes. */
  getTopologicalView(matrix: tf.Tensor2D = this.X): tf.Tensor4D {
    return this.converter('getTopologicalView').designMatToTopoView(matrix);
  }

  /**
   * Replaces the features by images and remembers how they are laid out.
   * @param images - 4 axes in the order that `axes` says; copied.
   */
  setTopologicalView(images: Numbers, axes: readonly Axis[] = defaultAxes): void {
    const view = realTensor('topoView', images, [4]) as tf.Tensor4D;
    try {
      const shape = ([0, 1, 'c'] as const).map((axis) => view.shape[axes.indexOf(axis)]);
      const converter = new DefaultViewConverter({ shape, axes });
      this.takeFeatures(converter.topoViewToDesignMat(view));
      this.viewConverter = converter;
    } finally {
      view.dispose();
    }
  }

  /** Weight vectors, one a row, as images for display: [units, rows, columns, channels]. */
  getWeightsView(matrix: tf.Tensor2D): tf.Tensor4D {
    return this.converter('getWeightsView').designMatToWeightsView(matrix);
  }

  /** Features in another space. */
  getFormattedView(matrix: tf.Tensor2D, space: Space): Batch {
    this.getFeatureSpace().validate(matrix, `${WHERE}.getFormattedView`);
    return this.converter('getFormattedView').getFormattedBatch(matrix, space);
  }

  /** Which axis of a topological view counts the examples. */
  getTopoBatchAxis(): number {
    return this.converter('getTopoBatchAxis').axes.indexOf('b');
  }

  /** Rows, columns and channels of an example seen as an image. */
  viewShape(): number[] {
    return this.converter('viewShape').viewShape();
  }

  weightsViewShape(): number[] {
    return this.converter('weightsViewShape').weightsViewShape();
  }

  setViewConverterAxes(axes: readonly Axis[]): void {
    this.converter('setViewConverterAxes').setAxes(axes);
  }

  private converter(method: string): ViewConverter {
    if (this.viewConverter) return this.viewConverter;
    throw new StateError(
      `${WHERE}.${method}: the dataset does not know how to see its examples as images: ` +
        'it was made without `topoView` and `viewConverter`.',
    );
  }

  applyPreprocessor(preprocessor: Preprocessor, canFit = false): void {
    preprocessor.apply(this, canFit);
  }

  /**
   * Some examples that lie side by side, drawn at random by the dataset's own generator.
   * @returns Features and targets (null if there are none), owned by the caller.
   */
  getBatchDesign(batchSize: number): [features: tf.Tensor2D, targets: tf.Tensor | null] {
    const examples = this.getNumExamples();
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > examples) {
      throw argumentError(
        `${WHERE}.getBatchDesign`,
        'batchSize',
        `expected 1 to ${examples} examples, received ${batchSize}`,
      );
    }
    const start = this.rng.randint(examples - batchSize + 1);
    return [this.X.slice(start, batchSize), this.y && this.y.slice(start, batchSize)];
  }

  /** The same with the features as images. */
  getBatchTopo(batchSize: number): [images: tf.Tensor4D, targets: tf.Tensor | null] {
    const [features, targets] = this.getBatchDesign(batchSize);
    const images = this.getTopologicalView(features);
    features.dispose();
    return [images, targets];
  }

  /** Keeps the examples from `start` up to, not including, `stop`; all if both are null. */
  restrict(start: number | null, stop: number | null): void {
    if (start === null && stop === null) return;
    const [from, to] = [start ?? NaN, stop ?? NaN];
    if (![from, to].every(Number.isInteger) || from < 0 || to <= from || to > this.X.shape[0]) {
      const detail = `expected 0 <= start < stop <= ${this.X.shape[0]}, received ${start}, ${stop}`;
      throw argumentError(`${WHERE}.restrict`, 'start', detail);
    }
    const y = this.y && this.y.slice(from, to - from);
    this.takeFeatures(this.X.slice(from, to - from));
    this.takeTargets(y);
  }

  /**
   * Turns a list of integer labels into one-hot rows, as wide as the largest label asks.
   * @param minClass - The label that becomes column 0.
   * @throws StateError when the targets are something else.
   */
  convertToOneHot(minClass = 0): void {
    const { y } = this;
    if (y === null || y.rank !== 1 || y.dtype !== 'int32') {
      throw new StateError(`${WHERE}.convertToOneHot: expected \`y\` to be a list of integers.`);
    }
    const labels = Int32Array.from(y.dataSync(), (label) => label - minClass);
    if (labels.some((label) => label < 0)) {
      throw new StateError(`${WHERE}.convertToOneHot: there are labels below ${minClass}.`);
    }
    const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
    this.takeTargets(
      tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).cast('float32')),
    );
    this.labels = null;
  }

  /** Divides by the largest magnitude among the examples. */
  override adjustForViewer(examples: tf.Tensor): tf.Tensor {
    return tf.tidy(() => examples.divNoNan(examples.abs().max()));
  }

  /** Divides by the largest magnitude of others, and cuts what goes beyond. */
  adjustToBeViewedWith(examples: tf.Tensor, others: tf.Tensor): tf.Tensor {
    return tf.tidy(() => examples.divNoNan(others.abs().max()).clipByValue(-1, 1));
  }

  /** The features in two parts, training and validation, in sequence; owned by the caller. */
  splitDatasetHoldout(options: HoldoutOptions): [train: tf.Tensor2D, valid: tf.Tensor2D] {
    return holdout(this, 'sequential', options);
  }

  /** The features in `nfolds` parts, in sequence; owned by the caller. */
  splitDatasetNfolds(nfolds: number): tf.Tensor2D[] {
    return folds(this.iterator({ mode: 'sequential', numBatches: nfolds }));
  }

  /** Two random slices of the features, which may overlap; owned by the caller. */
  bootstrapHoldout(options: HoldoutOptions): [train: tf.Tensor2D, valid: tf.Tensor2D] {
    return holdout(this, 'random_slice', options);
  }

  /** `nfolds` random slices of the features, each of one n-th of them; owned by the caller. */
  bootstrapNfolds(nfolds: number, rng?: RandomState | Seed | null): tf.Tensor2D[] {
    const batchSize = Math.ceil(this.getNumExamples() / nfolds);
    return folds(this.iterator({ mode: 'random_slice', batchSize, numBatches: nfolds, rng }));
  }

  override toString(): string {
    const [examples, features] = this.X.shape;
    const classes = this.yLabels === null ? '' : `, ${this.yLabels} classes`;
    return `${this.constructor.name}(${examples} examples of ${features} features${classes})`;
  }

  override describe(): string {
    return `${super.describe()}\n${describeSources(this)}`;
  }

  /** The description, with some examples when they are images. */
  override [displaySymbol](): MimeBundle {
    if (!this.viewConverter) return super[displaySymbol]();
    const count = Math.min(SHOWN, this.getNumExamples());
    const images = tf.tidy(() => this.getWeightsView(this.X.slice([0, 0], [count, -1])));
    const bundle = datasetBundle(this, images);
    images.dispose();
    return bundle;
  }

  /** What another is made from, with the data as they are now. */
  getConfig(): object {
    const { viewConverter, XLabels, yLabels, rng } = this;
    const copy = (tensor: tf.Tensor) => {
      const data = tensor.dataSync() as Float32Array | Int32Array;
      return new NdArray(data.slice(), [...tensor.shape]);
    };
    return { X: copy(this.X), y: this.y && copy(this.y), viewConverter, XLabels, yLabels, rng };
  }
}
