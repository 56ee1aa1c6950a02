/**
 * @file Autoencoders whose codes hardly move when inputs do. Port of pylearn2/models/autoencoder.py;
 * Rifai et al. 2011, "Contractive auto-encoders" and "Higher order contractive auto-encoder".
 */
import { z } from 'zod';
import { Corruptor } from '../../corruption';
import { tf } from '../../engine';
import type { Batch, DataSpecs } from '../../space';
import { show } from '../../utils/errors';
import {
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
} from '../../utils/options';
import { type Activation, type ActivationName, derivative, isElementwise } from './activation';
import { Autoencoder, type AutoencoderOptions, autoencoderShape } from './autoencoder';

/** An autoencoder with a penalty on how much its codes depend on its inputs. */
export class ContractiveAutoencoder extends Autoencoder {
  constructor(options: AutoencoderOptions, where = 'models.autoencoder.ContractiveAutoencoder') {
    super(options, where);
    const { actEnc } = this.options;
    if (actEnc === null || actEnc === 'linear' || !isElementwise(actEnc)) {
      throw optionConflict(where, `expected an elementwise act_enc, received ${show(actEnc)}`);
    }
  }

  /** How fast each unit of the code changes with what it sums up: [batch, nhid]. */
  protected slopes(x: tf.Tensor): tf.Tensor2D {
    const { actEnc } = this.options as { actEnc: ActivationName | Activation };
    return derivative(actEnc, this.hiddenInput(x)) as tf.Tensor2D;
  }

  /** The derivatives of codes by inputs: [batch, nvis, nhid] float32, owned by the caller. */
  jacobianHX(x: tf.Tensor): tf.Tensor3D {
    return tf.tidy(() => this.slopes(x).expandDims<tf.Tensor3D>(1).mul(this.W.expandDims(0)));
  }

  /** Mean over the batch of the summed squares of those derivatives; a cost for MethodCost. */
  contractionPenalty(data: Batch): tf.Scalar {
    return tf.tidy(() => {
      const squares = this.W.square().sum(0);
      return this.slopes(data as tf.Tensor)
        .square()
        .mul(squares)
        .sum(1)
        .mean();
    });
  }

  /** What {@link contractionPenalty} needs. */
  contractionPenaltyDataSpecs(): DataSpecs {
    return { space: this.getInputSpace(), source: this.getInputSource() };
  }
}

export interface HigherOrderContractiveAutoencoderOptions extends AutoencoderOptions {
  /** What moves inputs a little. */
  corruptor: Corruptor;
  /** How many moved copies to look at. */
  numCorruptions: number;
}

const schema = optionsOf<HigherOrderContractiveAutoencoderOptions>()({
  ...autoencoderShape,
  corruptor: instanceOf(Corruptor),
  numCorruptions: z.number().int().positive(),
});

/** One whose derivatives hardly change either when inputs move. */
export class HigherOrderContractiveAutoencoder extends ContractiveAutoencoder {
  static override readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: HigherOrderContractiveAutoencoderOptions) {
    super(options, 'models.autoencoder.HigherOrderContractiveAutoencoder');
  }

  /** Mean squared change of the derivatives between inputs and corrupted copies of them. */
  higherOrderPenalty(data: Batch): tf.Scalar {
    const { corruptor, numCorruptions } = this.options;
    return tf.tidy(() => {
      const x = data as tf.Tensor;
      const jacobian = this.jacobianHX(x);
      const changes = Array.from({ length: numCorruptions }, () =>
        jacobian
          .sub(this.jacobianHX(corruptor.corrupt(x)))
          .square()
          .mean(),
      );
      return tf.addN(changes).div(numCorruptions) as tf.Scalar;
    });
  }

  /** What {@link higherOrderPenalty} needs. */
  higherOrderPenaltyDataSpecs(): DataSpecs {
    return this.contractionPenaltyDataSpecs();
  }

  override dispose(): void {
    super.dispose();
    this.options.corruptor.dispose();
  }
}
