/** @file What every dataset offers. Port of pylearn2/datasets/dataset.py. */
import type { tf } from '../engine';
import { datasetBundle } from '../gui';
import type { FlatDataSpecs } from '../space';
import { displaySymbol, type MimeBundle } from '../utils/display';
import type { RandomState } from '../utils/rng';
import type { IndexedBatches } from './indexed_batches';
import type { IterationMode } from './iteration_mode';

/** How to go through a dataset. */
export interface IteratorOptions {
  /** The order of the batches; 'sequential' unless given by who asks. */
  mode: IterationMode;
  /** Examples in a batch; the last one may have fewer. */
  batchSize?: number | null;
  /** How many batches; see the modes for what it means without a batch size. */
  numBatches?: number | null;
  /** Source of randomness for the modes that draw; advanced by the draws. */
  rng?: RandomState | number | readonly number[] | null;
  /** What to give of each example. */
  dataSpecs: FlatDataSpecs;
}

/**
 * Batches of a dataset, each a list of tensors in the order of the data specifications.
 * Whoever takes a batch owns its tensors and disposes of them. Can be gone through once.
 */
export interface DatasetIterator extends IterableIterator<tf.Tensor[]> {
  /** How many examples all batches hold together. */
  readonly numExamples: number;
  /** How many batches there are. */
  readonly numBatches: number;
  readonly batchSize: number;
  /** Whether batches may hold fewer examples than `batchSize`. */
  readonly uneven: boolean;
  /** Whether the order is drawn at random. */
  readonly stochastic: boolean;
  /** The same batches by number, where the dataset lies on the device as it is iterated. */
  readonly indexed?: IndexedBatches;
}

/**
 * Holds examples, describes their format and hands out iterators over batches of them.
 * A dataset of one's own needs {@link iterator} and {@link getNumExamples} only.
 */
export abstract class Dataset {
  /** The YAML that made this dataset, if any did. */
  yamlSrc?: string;
  /** What everybody who looks at results must know, e.g. that the data are not the real ones. */
  notice?: string;

  /** @throws {@link OptionError} when the mode cannot be had with these sizes. */
  abstract iterator(options: IteratorOptions): DatasetIterator;

  abstract getNumExamples(): number;

  /** Frees the tensors that the dataset holds; it is of no use afterwards. */
  dispose(): void {}

  /** Whether the examples come with targets. */
  hasTargets(): boolean {
    return false;
  }

  /**
   * Maps examples to [-1, 1] for pictures.
   * @param examples - Any shape, as the dataset holds them.
   * @returns The same shape, owned by the caller.
   */
  adjustForViewer(examples: tf.Tensor): tf.Tensor {
    return examples.clone();
  }

  /** One line: what this is. */
  toString(): string {
    return `${this.constructor.name}(${this.getNumExamples()} examples)`;
  }

  /** Some lines: sizes, ranges, classes, where the data come from. */
  describe(): string {
    return this.notice === undefined ? this.toString() : `${this.toString()}\n${this.notice}`;
  }

  [displaySymbol](): MimeBundle {
    return datasetBundle(this);
  }
}
