/**
 * @file The data of a DenseDesignMatrix and how they are iterated. Port of
 * pylearn2/datasets/dense_design_matrix.py. Differs: the data are tensors on the device; targets
 * may be given as one list of labels.
 */
import { tf } from '../../engine';
import {
  type Batch,
  CompositeSpace,
  type DataSpecs,
  type FlatDataSpecs,
  IndexSpace,
  type Space,
  VectorSpace,
} from '../../space';
import { NameError, ShapeError, StateError } from '../../utils/errors';
import { checkMode, isStochastic, makeSubsetIterator } from '../../utils/iteration';
import { didYouMean } from '../../utils/match';
import { makeRng, type RandomState } from '../../utils/rng';
import { Dataset, type IteratorOptions } from '../dataset';
import { type BatchSource, FiniteDatasetIterator, takerOf } from '../finite_dataset_iterator';
import type { TakeBatch } from '../indexed_batches';
import { labelTensor, type Numbers, numbersError, realTensor, targetTensor } from './numbers';
import { defaultSeed } from './options';
import type { ViewConverter } from './view_converter';

/** As for every dataset; without data specifications it gives the features as they are held. */
export type DenseIteratorOptions = Omit<IteratorOptions, 'dataSpecs'> &
  Partial<Pick<IteratorOptions, 'dataSpecs'>>;

const WHERE = 'datasets.DenseDesignMatrix';

/** A matrix of features, maybe one of targets, and iterators over both. */
export abstract class DesignMatrixBase extends Dataset {
  /** Number of labels that the features, the targets are taken from; null if they are numbers. */
  readonly XLabels: number | null;
  protected labels: number | null;
  /** Turns rows into images, if anything does. */
  viewConverter: ViewConverter | null = null;
  /** Draws the orders of those who bring no generator. */
  rng: RandomState;
  private features: tf.Tensor | null = null;
  private targets: tf.Tensor | null = null;
  /** How batches are taken by number, by what was asked for, and what that depends on. */
  private readonly takers = new WeakMap<FlatDataSpecs, { basis: unknown[]; take: TakeBatch }>();

  constructor(options: { XLabels: number | null; yLabels: number | null; rng: RandomState }) {
    super();
    ({ XLabels: this.XLabels, yLabels: this.labels, rng: this.rng } = options);
  }

  get yLabels(): number | null {
    return this.labels;
  }

  /** The features, [examples, dim] float32, int32 if they are labels; owned by the dataset. */
  get X(): tf.Tensor2D {
    if (this.features === null || this.features.isDisposed) {
      throw new StateError(`${WHERE}: the dataset was disposed of.`);
    }
    return this.features as tf.Tensor2D;
  }

  /** The targets as they were given, [examples] or [examples, dim]; owned by the dataset. */
  get y(): tf.Tensor | null {
    return this.targets;
  }

  /** Replaces the features; takes over the tensor. */
  protected takeFeatures(features: tf.Tensor): void {
    const matrix = features.rank === 1 ? tf.tidy(() => features.expandDims(1)) : features;
    if (matrix !== features) features.dispose();
    this.features?.dispose();
    this.features = tf.keep(matrix);
  }

  /** Replaces the targets; takes over the tensor. */
  protected takeTargets(targets: tf.Tensor | null): void {
    this.targets?.dispose();
    this.targets = targets && tf.keep(targets);
  }

  /** The features in the form in which they are held. */
  protected readFeatures(option: string, X: Numbers): tf.Tensor {
    if (this.XLabels !== null) return labelTensor(option, X, [1, 2], this.XLabels);
    return realTensor(option, X, [2]);
  }

  /** The targets in the form in which they are held. */
  protected readTargets(y: Numbers, examples: number): tf.Tensor {
    const ranks = [1, 2];
    const targets =
      this.labels === null ? targetTensor('y', y, ranks) : labelTensor('y', y, ranks, this.labels);
    if (targets.shape[0] === examples) return targets;
    targets.dispose();
    throw numbersError('y', '', `expected ${examples} targets, received ${targets.shape[0]}`);
  }

  override getNumExamples(): number {
    return this.X.shape[0];
  }

  override hasTargets(): boolean {
    return this.y !== null;
  }

  /** Where the features live. */
  getFeatureSpace(): Space {
    const dim = this.X.shape[1];
    if (this.XLabels !== null) return new IndexSpace({ dim, maxLabels: this.XLabels });
    return new VectorSpace({ dim });
  }

  /** Where the targets live; undefined if there are none. */
  getTargetSpace(): Space | undefined {
    if (this.y === null) return undefined;
    const dim = this.y.rank === 1 ? 1 : this.y.shape[1]!;
    if (this.labels !== null) return new IndexSpace({ dim, maxLabels: this.labels });
    return new VectorSpace({ dim });
  }

  /** How the data are held. */
  getDataSpecs(): DataSpecs {
    const [features, targets] = [this.getFeatureSpace(), this.getTargetSpace()];
    if (!targets) return { space: features, source: 'features' };
    const space = new CompositeSpace({ components: [features, targets] });
    return { space, source: ['features', 'targets'] };
  }

  /**
   * Goes through the examples.
   * @param options - A mode that draws uses the dataset's own generator unless it is given one.
   * @throws OptionError when there is no such mode or it cannot be had with these sizes.
   * @throws {@link NameError} when the dataset has no such source.
   */
  override iterator(options: DenseIteratorOptions): FiniteDatasetIterator {
    const { mode, batchSize, numBatches, rng } = options;
    checkMode(mode, `${WHERE}.iterator`);
    const features = { spaces: [this.getFeatureSpace()], sources: ['features'] };
    const { spaces, sources }: FlatDataSpecs = options.dataSpecs ?? features;
    const chosen = sources.map((name, i) => this.batchSource(name, spaces[i]));
    const [datasetSize, dim] = this.X.shape;
    const subsets = makeSubsetIterator(mode, {
      datasetSize,
      batchSize,
      numBatches,
      rng: rng ?? (isStochastic(mode) ? this.rng : null),
      lengths: mode === 'even_sequences' ? new Array<number>(datasetSize).fill(dim) : undefined,
    });
    return new FiniteDatasetIterator(subsets, chosen, this.taker(options.dataSpecs, chosen));
  }

  /** The same function at each call until something that it depends on changes. */
  private taker(specs: FlatDataSpecs | undefined, chosen: readonly BatchSource[]): TakeBatch {
    if (!specs) return takerOf(chosen);
    const { viewConverter, labels, X, y } = this;
    const basis = [X, y, labels, viewConverter, viewConverter?.axes.join()];
    const known = this.takers.get(specs);
    if (known?.basis.every((one, i) => one === basis[i])) return known.take;
    const take = takerOf(chosen);
    this.takers.set(specs, { basis, take });
    return take;
  }

  private batchSource(name: string, space: Space): BatchSource {
    if (name === 'features') return this.featureSource(space);
    if (name === 'targets' && this.y !== null) return this.targetSource(this.y, space);
    const names = this.y === null ? ['features'] : ['features', 'targets'];
    const hint = name === 'targets' ? ' It was made without `y`.' : didYouMean(name, names);
    throw new NameError(`${WHERE}.iterator: the dataset has no source \`${name}\`.${hint}`);
  }

  private featureSource(space: Space): BatchSource {
    const [own, converter] = [this.getFeatureSpace(), this.viewConverter];
    const format = (rows: tf.Tensor) =>
      converter
        ? converter.getFormattedBatch(rows as tf.Tensor2D, space)
        : own.formatAs(rows, space);
    return { data: this.X, format: (rows) => this.naming('features', () => format(rows)) };
  }

  private targetSource(y: tf.Tensor, space: Space): BatchSource {
    const own = this.getTargetSpace()!;
    if (own instanceof VectorSpace && space instanceof VectorSpace && own.dim !== space.dim) {
      const hint =
        own.dim === 1 ? ` If they are class labels, give \`yLabels: ${space.dim}\`.` : '';
      throw new ShapeError(
        `${WHERE}.iterator: the targets are of ${own.toString()}, ` +
          `asked for was ${space.toString()}.${hint}`,
      );
    }
    const format = (rows: tf.Tensor) => {
      const matrix = rows.rank === 1 ? rows.expandDims(1) : rows;
      return own.formatAs(own instanceof VectorSpace ? matrix.cast('float32') : matrix, space);
    };
    return { data: y, format: (rows) => this.naming('targets', () => format(rows)) };
  }

  /** What `f` makes of a source; when that has another shape than was asked for, says of which. */
  private naming(source: string, f: () => Batch): tf.Tensor {
    try {
      return f() as tf.Tensor;
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      const { message } = error;
      throw new ShapeError(`${this.constructor.name} \`${source}\`: ${message}`, { cause: error });
    }
  }

  /** Where the stream of random orders is; {@link setStreamPosition} goes on from there. */
  getStreamPosition(): RandomState {
    return this.rng.clone();
  }

  setStreamPosition(position: RandomState): void {
    this.rng = position.clone();
  }

  /** Starts the stream of random orders anew, from the default seed. */
  restartStream(): void {
    this.resetRNG();
  }

  resetRNG(): void {
    this.rng = makeRng(null, defaultSeed);
  }

  override dispose(): void {
    this.features?.dispose();
    this.takeTargets(null);
  }
}
