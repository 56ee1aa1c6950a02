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

  /**
   * How unlikely a corrupted batch is: minus the logarithm of its density, up to a constant.
   * @param corrupted - Of the shape of `x`.
   * @param x - [batch, ...] float32.
   * @returns [batch] float32, owned by the caller.
   */
  corruptionFreeEnergy(corrupted: tf.Tensor, x: tf.Tensor): tf.Tensor1D {
    return tf.tidy(() => {
      const axes = x.shape.slice(1).map((_, i) => i + 1);
      const distances = corrupted.sub(x).square().sum(axes);
      return distances.div<tf.Tensor1D>(2 * this.options.stdev ** 2);
    });
  }
}
