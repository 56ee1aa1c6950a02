/**
 * @file Costs of reconstructing all that is there and a sample of what is not. Port of
 * pylearn2/costs/autoencoder.py. Differs: the original asks its model, of a class that is gone, to
 * reconstruct the chosen numbers alone; here all are reconstructed and the others do not count.
 * The cross-entropy is the usual one, where the original has other logarithms.
 */
import { z } from 'zod';
import { RandomStream, tf } from '../../engine';
import { nnet } from '../../expr';
import type { Batch } from '../../space';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from '../cost';
import { expectMethod } from './expect_method';
import type { Reconstructing } from './reconstruction';
import type { Encoding } from './sparse_activation';

export interface SampledReconstructionOptions {
  /** Factor on the mean over the batch of the summed absolute code. */
  l1: number;
  /** Probability with which a zero of the input counts, in [0, 1]. */
  ratio: number;
}

const schema = optionsOf<SampledReconstructionOptions>()({
  l1: z.number().meta({ yaml: 'L1' }),
  ratio: z.number().min(0).max(1),
});

/** The seed of the original's samples. */
const SEED = 1;

/**
 * For inputs of which most are zeros.
 * @see Dauphin, Glorot and Bengio, "Large-scale learning of embeddings with reconstruction
 * sampling", ICML 2011.
 */
abstract class SampledReconstruction extends Cost<Reconstructing & Encoding> {
  static readonly schema: OptionsSchema<SampledReconstructionOptions> = schema;
  private readonly options: Parsed<typeof schema>;
  private readonly stream = new RandomStream(SEED);

  constructor(options: SampledReconstructionOptions) {
    super();
    this.options = parseOptions(schema, options, `costs.autoencoder.${new.target.name}`);
  }

  /** The cost of each number: the same shape as both. */
  protected abstract costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor;

  override expr(model: Reconstructing & Encoding, data: Batch): tf.Scalar {
    const { l1, ratio } = this.options;
    for (const method of ['reconstruct', 'encode']) {
      expectMethod(`costs.autoencoder.${this.constructor.name}`, model, method);
    }
    return tf.tidy(() => {
      const x = data as tf.Tensor;
      const chosen = this.stream.binomial(x.shape, ratio).add(x).greater(0).cast('float32');
      const costs = this.costOf(x, model.reconstruct(x)).mul(chosen);
      const activity = model.encode(x).abs().sum(1).mean().mul(l1);
      return costs.sum(1).mean().add(activity) as tf.Scalar;
    });
  }

  override isStochastic(): boolean {
    return true;
  }

  getConfig(): object {
    return this.options;
  }

  getState(): { drawn: number } {
    return this.stream.getState();
  }

  setState(state: { drawn: number }): void {
    this.stream.setState(state);
  }

  /** Frees the stream of samples. */
  dispose(): void {
    this.stream.dispose();
  }
}

/** Squared differences. */
export class SampledMeanSquaredReconstructionError extends SampledReconstruction {
  protected override costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor {
    return x.sub(reconstruction).square();
  }
}

/** Cross-entropy of inputs from 0 to 1 and reconstructions by a sigmoid, in nats. */
export class SampledMeanBinaryCrossEntropy extends SampledReconstruction {
  protected override costOf(x: tf.Tensor, reconstruction: tf.Tensor): tf.Tensor {
    return nnet.elemwiseKl(x, reconstruction);
  }
}
