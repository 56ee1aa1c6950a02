/** @file An affine layer under the softplus. Port of pylearn2/models/mlp.py (`Softplus`). */
import type { tf } from '../../engine';
import { optionsOf, type OptionsSchema } from '../../utils/options';
import { ElementwiseLayer } from './elementwise';
import { type LinearOptions, linearShape } from './linear';

const schema = optionsOf<LinearOptions>()(linearShape);

/** Output: log(1 + exp(x W + b)). */
export class Softplus extends ElementwiseLayer {
  static override readonly schema: OptionsSchema = schema;

  constructor(options: LinearOptions) {
    super(options, 'models.mlp.Softplus');
  }

  protected override activate(z: tf.Tensor2D): tf.Tensor2D {
    return z.softplus();
  }
}
