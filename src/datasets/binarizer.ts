/** @file A dataset as samples of zeros and ones. Port of pylearn2/datasets/binarizer.py. */
import { z } from 'zod';
import { performBlock } from '../blocks';
import type { tf } from '../engine';
import { sampling } from '../expr';
import { instanceOf, optionsOf, type OptionsSchema, parseOptions } from '../utils/options';
import type { Seed } from '../utils/rng';
import { Dataset } from './dataset';
import { TransformerDataset } from './transformer_dataset';

export interface BinarizerOptions {
  /** Whose features, from 0 to 1, are probabilities of ones; owned by whoever made it. */
  raw: Dataset;
  /** Seed of the samples. Two datasets with one seed give the same samples. */
  seed?: Seed | null;
}

const schema = optionsOf<BinarizerOptions>()({
  raw: instanceOf(Dataset),
  seed: z
    .union([z.number().int(), z.array(z.number().int())])
    .nullable()
    .default(null),
});

/** A dataset that can give all features at once. */
interface WithMatrix {
  getDesignMatrix(images?: tf.Tensor4D): tf.Tensor2D;
}

/** Gives fresh samples of the features at each access. */
export class Binarizer extends TransformerDataset {
  static override readonly schema: OptionsSchema = schema;
  private readonly given: BinarizerOptions;
  private readonly sampler: sampling.SampleBernoulli;

  constructor(options: BinarizerOptions) {
    const given = parseOptions(schema, options, 'datasets.binarizer.Binarizer');
    const sampler = new sampling.SampleBernoulli({ seed: given.seed });
    super({ raw: given.raw, transformer: sampler, spacePreserving: true });
    [this.given, this.sampler] = [given, sampler];
  }

  /**
   * Samples of all features, [examples, features]; owned by the caller.
   * @param images - Given these, the matrix that they are, without sampling, as in the original.
   */
  getDesignMatrix(images?: tf.Tensor4D): tf.Tensor2D {
    const raw = this.rawThat<WithMatrix>('getDesignMatrix');
    if (images) return raw.getDesignMatrix(images);
    const features = raw.getDesignMatrix();
    const samples = performBlock(this.sampler, features) as tf.Tensor2D;
    features.dispose();
    return samples;
  }

  override dispose(): void {
    this.sampler.dispose();
  }

  override getConfig(): object {
    return this.given;
  }

  getState(): object {
    return this.sampler.getState();
  }

  setState(state: { drawn: number }): void {
    this.sampler.setState(state);
  }
}
