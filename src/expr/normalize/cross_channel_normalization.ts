/**
 * @file Normalisation of images across neighbouring channels. Port of pylearn2/expr/normalize.py
 * (`CrossChannelNormalizationBC01`, `CrossChannelNormalization`).
 */
import { z } from 'zod';
import { tf, tidyOutermost } from '../../engine';
import { type Axis, fromNatural, toNatural } from '../../space';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../../utils/options';

export interface CrossChannelNormalizationOptions {
  /** Factor on the sum of squares. */
  alpha?: number;
  /** Added to it. */
  k?: number;
  /** Exponent of the divisor. */
  beta?: number;
  /** Channels that are summed over: the own one in the middle; odd. */
  n?: number;
}

const schema = optionsOf<CrossChannelNormalizationOptions>()({
  alpha: z.number().default(1e-4),
  k: z.number().default(2),
  beta: z.number().default(0.75),
  n: z
    .number()
    .int()
    .positive()
    .refine((n) => n % 2 === 1, { error: 'expected an odd number' })
    .default(5),
});

/**
 * Divides each number by `(k + alpha * sum of squares)^beta`, the sum being over `n` neighbouring
 * channels at the same place.
 * @see Krizhevsky et al. 2012, section 3.3.
 */
export class CrossChannelNormalizationBC01 {
  static readonly schema: OptionsSchema<CrossChannelNormalizationOptions> = schema;
  /** The order of axes that {@link apply} takes. */
  readonly axes: readonly Axis[] = ['b', 'c', 0, 1];
  private readonly options: Parsed<typeof schema>;

  constructor(
    options: CrossChannelNormalizationOptions = {},
    where = 'expr.normalize.CrossChannelNormalizationBC01',
  ) {
    this.options = parseOptions(schema, options, where);
  }

  /**
   * @param images - In the order of {@link axes}, read only.
   * @returns The same shape, owned by the caller.
   */
  apply(images: tf.Tensor4D): tf.Tensor4D {
    const { alpha, k, beta, n } = this.options;
    return tidyOutermost(() => {
      const natural = toNatural(images, this.axes);
      const normalized = tf.localResponseNormalization(natural, (n - 1) / 2, k, alpha, beta);
      return fromNatural(normalized, this.axes);
    });
  }

  getConfig(): object {
    return this.options;
  }
}

/** The same for images whose axes are 'c', 0, 1, 'b'. */
export class CrossChannelNormalization extends CrossChannelNormalizationBC01 {
  static override readonly schema = schema;
  override readonly axes: readonly Axis[] = ['c', 0, 1, 'b'];

  constructor(options: CrossChannelNormalizationOptions = {}) {
    super(options, 'expr.normalize.CrossChannelNormalization');
  }
}
