/** @file A penalty on codes that are active too often. Port of pylearn2/costs/autoencoder.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import type { Model } from '../../models';
import type { Batch } from '../../space';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from '../cost';
import { expectMethod } from './expect_method';

/** A model that gives codes, as autoencoders do. */
export interface Encoding extends Model {
  encode(x: tf.Tensor): tf.Tensor;
}

export interface SparseActivationOptions {
  /** Factor on the penalty. */
  coeff: number;
  /** How active each unit should be on average, in (0, 1). */
  p: number;
}

const schema = optionsOf<SparseActivationOptions>()({
  coeff: z.number(),
  p: z.number().gt(0).lt(1),
});

const WHERE = 'costs.autoencoder.SparseActivation';

/** Divergence of each unit's mean absolute activation from the one that is wanted, summed. */
export class SparseActivation extends Cost<Encoding> {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: SparseActivationOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  override expr(model: Encoding, data: Batch): tf.Scalar {
    const { coeff, p } = this.options;
    expectMethod(WHERE, model, 'encode');
    return tf.tidy(() => {
      const active = model
        .encode(data as tf.Tensor)
        .abs()
        .mean(0);
      const wanted = active.log().neg().add(Math.log(p)).mul(p);
      const unwanted = active
        .neg()
        .add(1)
        .log()
        .neg()
        .add(Math.log(1 - p))
        .mul(1 - p);
      return wanted.add(unwanted).sum().mul(coeff);
    });
  }

  override termName(): string {
    return 'sparse_activation_penalty';
  }

  getConfig(): object {
    return this.options;
  }
}
