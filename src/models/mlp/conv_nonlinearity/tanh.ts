/** @file The hyperbolic tangent. Port of pylearn2/models/mlp.py (`TanhConvNonlinearity`). */
import type { tf } from '../../../engine';
import { optionsOf, parseOptions } from '../../../utils/options';
import { ConvNonlinearity } from './conv_nonlinearity';

const schema = optionsOf<object>()({});

/** The hyperbolic tangent. It has no cost. */
export class TanhConvNonlinearity extends ConvNonlinearity {
  static readonly schema = schema;

  constructor(options: object = {}) {
    super();
    parseOptions(schema, options, 'models.mlp.TanhConvNonlinearity');
  }

  override isIncreasing(): boolean {
    return true;
  }

  override apply(z: tf.Tensor4D): tf.Tensor4D {
    return z.tanh();
  }
}
