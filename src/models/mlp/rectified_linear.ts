/** @file An affine layer under the rectifier. Port of pylearn2/models/mlp.py (`RectifiedLinear`). */
import { z } from 'zod';
import type { tf } from '../../engine';
import { rectify } from '../../expr';
import { optionsOf, type OptionsSchema, type Parsed } from '../../utils/options';
import { ElementwiseLayer } from './elementwise';
import { type LinearOptions, linearShape } from './linear';

export interface RectifiedLinearOptions extends LinearOptions {
  /** Slope of the function below zero. */
  leftSlope?: number;
}

const schema = optionsOf<RectifiedLinearOptions>()({
  ...linearShape,
  leftSlope: z.number().default(0),
});

/** Output: x W + b where that is positive, `leftSlope` times it elsewhere. */
export class RectifiedLinear extends ElementwiseLayer {
  static override readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: RectifiedLinearOptions) {
    super(options, 'models.mlp.RectifiedLinear');
  }

  protected override activate(z: tf.Tensor2D): tf.Tensor2D {
    return rectify(z, this.options.leftSlope);
  }
}
