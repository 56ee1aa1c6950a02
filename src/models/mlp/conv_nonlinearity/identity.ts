/**
 * @file A convolution as it is. Port of pylearn2/models/mlp.py (`IdentityConvNonlinearity`).
 * Differs: it has no channel `misclass`, on which the original fails.
 */
import { tf } from '../../../engine';
import { optionsOf, parseOptions } from '../../../utils/options';
import { ConvNonlinearity } from './conv_nonlinearity';

const schema = optionsOf<object>()({});

/** The identity. Cost: mean over examples of the summed squared differences. */
export class IdentityConvNonlinearity extends ConvNonlinearity {
  static readonly schema = schema;

  constructor(options: object = {}) {
    super();
    parseOptions(schema, options, 'models.mlp.IdentityConvNonlinearity');
  }

  override isIncreasing(): boolean {
    return true;
  }

  override apply(z: tf.Tensor4D): tf.Tensor4D {
    return z;
  }

  override cost(Y: tf.Tensor4D, Yhat: tf.Tensor4D): tf.Scalar {
    return tf.tidy(() => Y.sub(Yhat).square().mean(0).sum());
  }
}
