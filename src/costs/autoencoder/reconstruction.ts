/** @file How far reconstructions are from inputs. Port of pylearn2/costs/autoencoder.py. */
import type { tf } from '../../engine';
import { tidyOutermost } from '../../engine';
import { nnet } from '../../expr';
import type { Model } from '../../models';
import type { Batch } from '../../space';
import { StateError } from '../../utils/errors';
import { optionsOf, parseOptions } from '../../utils/options';
import { Cost } from '../cost';
import { expectMethod } from './expect_method';

/** A model that reconstructs its input, as autoencoders do. */
export interface Reconstructing extends Model {
  reconstruct(x: tf.Tensor): tf.Tensor;
}

const schema = optionsOf<object>()({});

/** A cost of inputs and their reconstructions, which also compares targets and outputs. */
export abstract class GSNFriendlyCost extends Cost<Reconstructing> {
  static readonly schema = schema;

  constructor(options: object = {}) {
    super();
    if (new.target === GSNFriendlyCost) {
      throw new StateError('costs.autoencoder.GSNFriendlyCost is abstract: take a subclass of it.');
    }
    parseOptions(schema, options, `costs.autoencoder.${new.target.name}`);
  }

  /** The cost of each number: the same shape as both. */
  protected abstract costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor;

  /** Mean over the batch of the costs summed over an example. */
  override expr(model: Reconstructing, data: Batch): tf.Scalar {
    expectMethod(`costs.autoencoder.${this.constructor.name}`, model, 'reconstruct');
    const x = data as tf.Tensor;
    return tidyOutermost(() => this.cost(x, model.reconstruct(x)));
  }

  /** The cost of an output where a target was wanted: [] float32, owned by the caller. */
  cost(target: tf.Tensor, output: tf.Tensor): tf.Scalar {
    return tidyOutermost(() => this.costOf(target, output).sum(1).mean());
  }

  getConfig(): object {
    return {};
  }
}

/** Squared differences. */
export class MeanSquaredReconstructionError extends GSNFriendlyCost {
  protected override costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor {
    return x.sub(reconstruction).square();
  }
}

/** Cross-entropy of inputs from 0 to 1 and reconstructions by a sigmoid, in nats. */
export class MeanBinaryCrossEntropy extends GSNFriendlyCost {
  protected override costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor {
    return nnet.elemwiseKl(x, reconstruction);
  }
}
