/** @file One-hot codes made soft. Port of pylearn2/corruption.py (`SmoothOneHotCorruptor`). */
import { z } from 'zod';
import { tf } from '../engine';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { Corruptor, type CorruptorOptions, corruptorShape } from './corruptor';

export interface SmoothOneHotCorruptorOptions extends CorruptorOptions {
  /** Standard deviation of the noise. */
  corruptionLevel: number;
}

const schema = optionsOf<SmoothOneHotCorruptorOptions>()({
  ...corruptorShape,
  corruptionLevel: z.number().nonnegative(),
});

/** The smallest probability that comes out. */
const LEAST = 1e-5;

/** Adds normal noise to one-hot codes and takes the softmax, so that nothing is certain. */
export class SmoothOneHotCorruptor extends Corruptor {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: SmoothOneHotCorruptorOptions) {
    super(parseOptions(schema, options, 'corruption.SmoothOneHotCorruptor'));
  }

  /** @param x - [batch, classes] float32. */
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const noise = this.stream.normal(x.shape).mul(this.options.corruptionLevel);
      const classes = x.shape[1]!;
      return tf
        .softmax(x.add(noise))
        .mul(1 - classes * LEAST)
        .add(LEAST);
    });
  }
}
