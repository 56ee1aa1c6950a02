/**
 * @file Affine layers under a function of each element: what Tanh, Softplus and RectifiedLinear
 * share. Port of pylearn2/models/mlp.py. None of them can be the last layer, as in the original.
 */
import { tf } from '../../engine';
import type { Batch } from '../../space';
import { StateError } from '../../utils/errors';
import { Linear, type LinearOptions } from './linear';

/** Output: f(x W + b). It has no cost. */
export abstract class ElementwiseLayer extends Linear {
  constructor(options: LinearOptions, where?: string) {
    if (new.target === ElementwiseLayer) {
      throw new StateError('models.mlp.ElementwiseLayer is abstract: take a subclass of it.');
    }
    super(options, where);
  }

  /** The function; `z` is [batch, units]. */
  protected abstract activate(z: tf.Tensor2D): tf.Tensor2D;

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tf.tidy(() => this.activate(this.affine(stateBelow)));
  }

  override cost(_Y: Batch, _Yhat: Batch): tf.Scalar {
    throw this.cannot('be the last layer: it has no cost');
  }

  override costMatrix(_Y: Batch, _Yhat: Batch): tf.Tensor2D {
    throw this.cannot('give a matrix of costs');
  }
}
