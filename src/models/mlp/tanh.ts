/** @file An affine layer under the hyperbolic tangent. Port of pylearn2/models/mlp.py (`Tanh`). */
import type { tf } from '../../engine';
import { optionsOf, type OptionsSchema } from '../../utils/options';
import { ElementwiseLayer } from './elementwise';
import { type LinearOptions, linearShape } from './linear';

const schema = optionsOf<LinearOptions>()(linearShape);

/** Output: tanh(x W + b). */
export class Tanh extends ElementwiseLayer {
  static override readonly schema: OptionsSchema = schema;

  constructor(options: LinearOptions) {
    super(options, 'models.mlp.Tanh');
  }

  protected override activate(z: tf.Tensor2D): tf.Tensor2D {
    return z.tanh();
  }
}
