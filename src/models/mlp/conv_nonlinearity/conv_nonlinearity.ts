/** @file What follows a convolution. Port of pylearn2/models/mlp.py (`ConvNonlinearity`). */
import type { tf } from '../../../engine';
import { StateError } from '../../../utils/errors';
import type { Channels } from '../../model';
import { activationChannels } from '../weights';

/**
 * A function of each element, and what it means as the output of a network. It sees images as
 * [examples, rows, columns, channels].
 */
export abstract class ConvNonlinearity {
  /**
   * Whether of two numbers the larger one never becomes the smaller one. Then the largest in a pool
   * is found before the function is applied, to fewer numbers.
   */
  isIncreasing(): boolean {
    return false;
  }

  /**
   * @param z - Read only.
   * @returns The same shape, owned by the caller.
   */
  abstract apply(z: tf.Tensor4D): tf.Tensor4D;

  /**
   * The cost of an output, where the layer is the last one.
   * @returns [] float32.
   */
  cost(_Y: tf.Tensor4D, _Yhat: tf.Tensor4D): tf.Scalar {
    throw new StateError(
      `${this.constructor.name}: it has no cost; a layer with it cannot be the last one.`,
    );
  }

  /** What to monitor of an output, against targets where there are any. */
  getMonitoringChannels(state: tf.Tensor4D, _targets?: tf.Tensor4D): Channels {
    return activationChannels(state);
  }

  getConfig(): object {
    return {};
  }
}
