/** @file A dataset seen through a block. Port of pylearn2/datasets/transformer_dataset.py. */
import { block, type Block } from '../blocks';
import { tf } from '../engine';
import type { FlatDataSpecs, Space } from '../space';
import { StateError } from '../utils/errors';
import {
  flag,
  instanceOf,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../utils/options';
import { Dataset, type DatasetIterator, type IteratorOptions } from './dataset';
import type { IndexedBatches, TakeBatch } from './indexed_batches';

export interface TransformerDatasetOptions {
  /** Whose features are transformed; owned by whoever made it. */
  raw: Dataset;
  /** What transforms them, for example an autoencoder by its codes. */
  transformer: Block;
  /** Accepted for the sake of old files; transformations run where everything does. */
  cpuOnly?: boolean;
  /** Whether what comes out lives in the space in which the features are asked for. */
  spacePreserving?: boolean;
}

const schema = optionsOf<TransformerDatasetOptions>()({
  raw: instanceOf(Dataset),
  transformer: block(),
  cpuOnly: flag().default(false),
  spacePreserving: flag().default(false),
});

const FEATURES = 'features';

/** A dataset that can show its features as images. */
interface WithViews {
  getWeightsView(matrix: tf.Tensor2D): tf.Tensor4D;
  getTopologicalView(matrix: tf.Tensor2D): tf.Tensor4D;
}

/** What is asked of the raw dataset for what was asked for, and what is made of its batches. */
interface Plan {
  asked: FlatDataSpecs;
  change: (batch: tf.Tensor[]) => tf.Tensor[];
  /** How batches are taken by number, and how the raw dataset takes those. */
  taker?: { raw: TakeBatch; take: TakeBatch };
}

/** The same function as long as the raw dataset's is the same, so that it is compiled once. */
function takerOf(plan: Plan, raw: TakeBatch): TakeBatch {
  if (plan.taker?.raw !== raw) {
    const { inOrder } = raw;
    const byNumber = (numbers: tf.Tensor1D) => plan.change(raw(numbers));
    const take: TakeBatch = Object.assign(
      byNumber,
      inOrder && {
        inOrder: (first: tf.Scalar, count: number) => plan.change(inOrder(first, count)),
      },
    );
    plan.taker = { raw, take };
  }
  return plan.taker.take;
}

/** Batches with some sources changed on the way. */
class TransformedBatches implements DatasetIterator {
  readonly indexed?: IndexedBatches;

  constructor(
    private readonly batches: DatasetIterator,
    private readonly plan: Plan,
  ) {
    const { indexed } = batches;
    if (!indexed) return;
    this.indexed = { take: takerOf(plan, indexed.take), next: () => indexed.next() };
  }

  get numExamples(): number {
    return this.batches.numExamples;
  }

  get numBatches(): number {
    return this.batches.numBatches;
  }

  get batchSize(): number {
    return this.batches.batchSize;
  }

  get uneven(): boolean {
    return this.batches.uneven;
  }

  get stochastic(): boolean {
    return this.batches.stochastic;
  }

  next(): IteratorResult<tf.Tensor[], undefined> {
    const { done, value: batch } = this.batches.next();
    if (done) return { done: true, value: undefined };
    const value = tf.tidy(() => this.plan.change(batch).map((tensor) => tensor.clone()));
    tf.dispose(batch);
    return { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Gives the features of another dataset transformed, everything else as it is. */
export class TransformerDataset extends Dataset {
  static readonly schema: OptionsSchema = schema;
  private readonly options: Parsed<typeof schema>;
  private readonly plans = new WeakMap<FlatDataSpecs, Plan>();

  constructor(options: TransformerDatasetOptions) {
    super();
    this.options = parseOptions(schema, options, 'datasets.transformer_dataset.TransformerDataset');
    this.notice = this.options.raw.notice;
  }

  override iterator(options: IteratorOptions): DatasetIterator {
    const { dataSpecs } = options;
    const plan = this.plans.get(dataSpecs) ?? this.plan(dataSpecs);
    this.plans.set(dataSpecs, plan);
    const batches = this.options.raw.iterator({ ...options, dataSpecs: plan.asked });
    return new TransformedBatches(batches, plan);
  }

  private plan({ spaces, sources }: FlatDataSpecs): Plan {
    const { transformer, spacePreserving } = this.options;
    const isFeature = sources.map((source) => source === FEATURES);
    const asked = spaces.map((space, i) => {
      return isFeature[i] && !spacePreserving ? transformer.getInputSpace() : space;
    });
    return {
      asked: { spaces: asked, sources },
      change: (batch) =>
        batch.map((tensor, i) => (isFeature[i] ? this.transform(tensor, spaces[i]) : tensor)),
    };
  }

  private transform(features: tf.Tensor, space: Space): tf.Tensor {
    const { transformer, spacePreserving } = this.options;
    const transformed = transformer.upwardPass(features);
    if (spacePreserving) return transformed;
    return transformer.getOutputSpace().formatAs(transformed, space) as tf.Tensor;
  }

  override getNumExamples(): number {
    return this.options.raw.getNumExamples();
  }

  override hasTargets(): boolean {
    return this.options.raw.hasTargets();
  }

  /** As the raw dataset does, if what comes out lives where its features do; else as it is. */
  override adjustForViewer(examples: tf.Tensor): tf.Tensor {
    const { raw, spacePreserving } = this.options;
    return spacePreserving ? raw.adjustForViewer(examples) : super.adjustForViewer(examples);
  }

  /**
   * Weight vectors as images, as the raw dataset sees them: [units, rows, columns, channels].
   * @throws {@link StateError} when what comes out is no image.
   */
  getWeightsView(matrix: tf.Tensor2D): tf.Tensor4D {
    this.expectImages('getWeightsView');
    return this.rawThat<WithViews>('getWeightsView').getWeightsView(matrix);
  }

  /**
   * Features as images, in the order of the raw dataset's axes.
   * @throws {@link StateError} when what comes out is no image.
   */
  getTopologicalView(matrix: tf.Tensor2D): tf.Tensor4D {
    this.expectImages('getTopologicalView');
    return this.rawThat<WithViews>('getTopologicalView').getTopologicalView(matrix);
  }

  /** The raw dataset's test set, transformed in the same way. */
  getTestSet(): TransformerDataset {
    const raw = this.rawThat<{ getTestSet(): Dataset }>('getTestSet').getTestSet();
    return new TransformerDataset({ ...this.options, raw });
  }

  /** The raw dataset, if it has a method. @throws {@link StateError} if it has not. */
  protected rawThat<T>(method: keyof T & string): T {
    const raw = this.options.raw as unknown as T;
    if (typeof raw[method] === 'function') return raw;
    const { constructor } = this.options.raw;
    throw new StateError(`${this.constructor.name}: ${constructor.name} has no ${method}.`);
  }

  private expectImages(method: string): void {
    if (this.options.spacePreserving) return;
    throw new StateError(
      `${this.constructor.name}.${method}: what ${this.options.transformer.constructor.name} ` +
        'makes of the features is no image.',
    );
  }

  override toString(): string {
    const { raw, transformer } = this.options;
    return `${this.constructor.name}(${raw} through ${transformer.constructor.name})`;
  }

  getConfig(): object {
    return this.options;
  }
}
