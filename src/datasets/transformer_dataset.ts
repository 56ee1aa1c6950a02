/** @file A dataset seen through a block. Port of pylearn2/datasets/transformer_dataset.py. */
import { block, type Block } from '../blocks';
import { tf } from '../engine';
import type { Space } from '../space';
import {
  flag,
  instanceOf,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../utils/options';
import { Dataset, type DatasetIterator, type IteratorOptions } from './dataset';

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

/** Batches with some sources changed on the way. */
class TransformedBatches implements DatasetIterator {
  constructor(
    private readonly batches: DatasetIterator,
    private readonly change: (batch: tf.Tensor[]) => tf.Tensor[],
  ) {}

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
    const value = tf.tidy(() => this.change(batch).map((tensor) => tensor.clone()));
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

  constructor(options: TransformerDatasetOptions) {
    super();
    this.options = parseOptions(schema, options, 'datasets.transformer_dataset.TransformerDataset');
    this.notice = this.options.raw.notice;
  }

  override iterator(options: IteratorOptions): DatasetIterator {
    const { raw, transformer, spacePreserving } = this.options;
    const { spaces, sources } = options.dataSpecs;
    const isFeature = sources.map((source) => source === FEATURES);
    const asked = spaces.map((space, i) => {
      return isFeature[i] && !spacePreserving ? transformer.getInputSpace() : space;
    });
    const batches = raw.iterator({ ...options, dataSpecs: { spaces: asked, sources } });
    return new TransformedBatches(batches, (batch) =>
      batch.map((tensor, i) => (isFeature[i] ? this.transform(tensor, spaces[i]) : tensor)),
    );
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

  override toString(): string {
    const { raw, transformer } = this.options;
    return `TransformerDataset(${raw} through ${transformer.constructor.name})`;
  }

  getConfig(): object {
    return this.options;
  }
}
