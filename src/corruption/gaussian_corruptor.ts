/** @file Normal noise. Port of pylearn2/corruption.py (`GaussianCorruptor`). */
import { z } from 'zod';
import { tf } from '../engine';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { Corruptor, type CorruptorOptions, corruptorShape } from './corruptor';

export interface GaussianCorruptorOptions extends CorruptorOptions {
  /** Standard deviation of the noise. */
  stdev: number;
}

const schema = optionsOf<GaussianCorruptorOptions>()({
  ...corruptorShape,
  stdev: z.number().nonnegative(),
});

/** Adds normal noise to each input. */
export class GaussianCorruptor extends Corruptor {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: GaussianCorruptorOptions) {
    super(parseOptions(schema, options, 'corruption.GaussianCorruptor'));
  }

  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => x.add(this.stream.normal(x.shape).mul(this.options.stdev)));
  }
}
