/** @file A dataset as samples of zeros and ones. Port of pylearn2/datasets/binarizer.py. */
import { z } from 'zod';
import type { Block } from '../blocks';
import { BinomialSampler } from '../corruption';
import type { tf } from '../engine';
import { type Space, VectorSpace } from '../space';
import { instanceOf, optionsOf, type OptionsSchema, parseOptions } from '../utils/options';
import { Dataset } from './dataset';
import { TransformerDataset } from './transformer_dataset';

export interface BinarizerOptions {
  /** Whose features, from 0 to 1, are probabilities of ones. */
  raw: Dataset;
  /** Seed of the samples. */
  seed?: number | null;
}

const schema = optionsOf<BinarizerOptions>()({
  raw: instanceOf(Dataset),
  seed: z.number().int().nullable().default(null),
});

const DEFAULT_SEED = 2012 + 11 + 22;

/** Draws ones by the probabilities that come in, whatever their space. */
class Sampling implements Block {
  constructor(private readonly sampler: BinomialSampler) {}

  getInputSpace(): Space {
    return new VectorSpace({ dim: 0 });
  }

  getOutputSpace(): Space {
    return this.getInputSpace();
  }

  upwardPass(x: tf.Tensor): tf.Tensor {
    return this.sampler.corrupt(x);
  }

  getConfig(): object {
    return { sampler: this.sampler };
  }

  dispose(): void {
    this.sampler.dispose();
  }
}

/** Gives fresh samples of the features at each access. */
export class Binarizer extends TransformerDataset {
  static override readonly schema: OptionsSchema = schema;
  private readonly given: BinarizerOptions;
  private readonly sampling: Sampling;

  constructor(options: BinarizerOptions) {
    const given = parseOptions(schema, options, 'datasets.binarizer.Binarizer');
    const sampling = new Sampling(new BinomialSampler({ rng: given.seed ?? DEFAULT_SEED }));
    super({ raw: given.raw, transformer: sampling, spacePreserving: true });
    [this.given, this.sampling] = [given, sampling];
  }

  override dispose(): void {
    this.sampling.dispose();
  }

  override getConfig(): object {
    return this.given;
  }
}
