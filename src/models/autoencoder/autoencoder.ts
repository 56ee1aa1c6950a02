/** @file Learns to tell its input from a code. Port of pylearn2/models/autoencoder.py (`Autoencoder`). */
import { z } from 'zod';
import { type Block, performBlock } from '../../blocks';
import type { tf } from '../../engine';
import { type SharedVariable, sharedX, tidyOutermost } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { type Space, VectorSpace } from '../../space';
import { NdArray } from '../../utils/nd_array';
import {
  flag,
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { makeRng, type RandomState, rngOption, type Seed } from '../../utils/rng';
import { Model, type ModelOptions, type WeightsFormat } from '../model';
import { type Activation, type ActivationName, activationOf, activationType } from './activation';

export interface AutoencoderOptions extends ModelOptions {
  /** Numbers in an input. */
  nvis: number;
  /** Numbers in a code. */
  nhid: number;
  /** What makes the code of what its units sum up; null or 'linear' for nothing. */
  actEnc: ActivationName | Activation | null;
  /** The same for the reconstruction. */
  actDec: ActivationName | Activation | null;
  /** Whether the decoder's weights are the encoder's, transposed. */
  tiedWeights?: boolean;
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | null;
  /** Initial weights: normal with this standard deviation; irange is then null. */
  istdev?: number | null;
  /** Generator of the initial weights, which advances, or its seed. */
  rng?: RandomState | Seed;
}

/** The zod shape of these options, for the models that add to them. */
export const autoencoderShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  nvis: z.number().int().positive(),
  nhid: z.number().int().positive(),
  actEnc: activationType,
  actDec: activationType,
  tiedWeights: flag().default(false),
  irange: z.number().nonnegative().nullable().default(1e-3),
  istdev: z.number().nonnegative().nullable().default(null),
  rng: rngOption.default(9001),
};

const schema = optionsOf<AutoencoderOptions>()(autoencoderShape);

/** Code: h = act_enc(hb + x W). Reconstruction: r = act_dec(vb + h W'). */
export class Autoencoder extends Model implements Block {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** Encoder's weights [nvis, nhid]. */
  readonly W: SharedVariable<tf.Rank.R2>;
  /** Decoder's weights [nhid, nvis]; undefined when tied. */
  readonly Wprime?: SharedVariable<tf.Rank.R2>;
  /** Biases of the input [nvis] and of the code [nhid]. */
  readonly vb: SharedVariable<tf.Rank.R1>;
  readonly hb: SharedVariable<tf.Rank.R1>;
  private readonly actEnc: Activation;
  private readonly actDec: Activation;

  /**
   * @param where - Starts error messages.
   * @param optionsSchema - What checks the options; the class's own unless given.
   */
  constructor(
    options: AutoencoderOptions,
    where = 'models.autoencoder.Autoencoder',
    optionsSchema: OptionsSchema = new.target.schema,
  ) {
    super(parseOptions(optionsSchema, options, where) as AutoencoderOptions);
    const { nvis, nhid, actEnc, actDec, tiedWeights, rng: seed } = this.options;
    this.checkScheme(where);
    [this.actEnc, this.actDec] = [activationOf(actEnc), activationOf(actDec)];
    const rng = makeRng(seed);
    this.W = this.makeWeights(rng, [nvis, nhid], 'W', (r) => rng.uniform(-r, r));
    // The original draws the seed of its noise here.
    rng.randint(2 ** 30);
    // The other way round and half the range: so has the original.
    if (!tiedWeights) {
      this.Wprime = this.makeWeights(rng, [nhid, nvis], 'Wprime', (r) => (0.5 - rng.rand()) * r);
    }
    this.vb = sharedX(new Float32Array(nvis), 'vb');
    this.hb = sharedX(new Float32Array(nhid), 'hb');
  }

  private checkScheme(where: string): void {
    const { irange, istdev } = this.options;
    if ((irange === null) === (istdev === null)) {
      const given = irange === null ? 'none' : 'both';
      throw optionConflict(where, `expected one of irange and istdev, received ${given}`);
    }
  }

  private makeWeights(
    rng: RandomState,
    size: [number, number],
    name: string,
    drawWithin: (irange: number) => number,
  ): SharedVariable<tf.Rank.R2> {
    const { irange, istdev } = this.options;
    const values =
      irange === null
        ? rng.normal(0, istdev as number, size)
        : new Float64Array(size[0] * size[1]).map(() => drawWithin(irange));
    return sharedX(new NdArray(values, size), name);
  }

  override getParams(): SharedVariable[] {
    const params: SharedVariable[] = [this.vb, this.hb, this.W];
    return this.Wprime ? [...params, this.Wprime] : params;
  }

  override getInputSpace(): Space {
    return new VectorSpace({ dim: this.options.nvis });
  }

  override getOutputSpace(): Space {
    return new VectorSpace({ dim: this.options.nhid });
  }

  /** What the units of the code sum up: [batch, nhid]. */
  protected hiddenInput(x: tf.Tensor): tf.Tensor2D {
    return (x as tf.Tensor2D).matMul(this.W).add(this.hb);
  }

  /**
   * The code of an input.
   * @param x - [batch, nvis] float32, read only.
   * @returns [batch, nhid] float32, owned by the caller.
   */
  encode(x: tf.Tensor): tf.Tensor2D {
    this.getInputSpace().validate(x, `${this.constructor.name}.encode`);
    return tidyOutermost(() => this.actEnc(this.hiddenInput(x)) as tf.Tensor2D);
  }

  /**
   * The reconstruction from a code.
   * @param h - [batch, nhid] float32, read only.
   * @returns [batch, nvis] float32, owned by the caller.
   */
  decode(h: tf.Tensor): tf.Tensor2D {
    this.getOutputSpace().validate(h, `${this.constructor.name}.decode`);
    return tidyOutermost(() => {
      const codes = h as tf.Tensor2D;
      const sums = this.Wprime
        ? codes.matMul(this.Wprime)
        : codes.matMul(this.W as tf.Tensor2D, false, true);
      return this.actDec(sums.add(this.vb)) as tf.Tensor2D;
    });
  }

  /** What the model makes of an input that it encodes and decodes. */
  reconstruct(x: tf.Tensor): tf.Tensor2D {
    return tidyOutermost(() => this.decode(this.encode(x)));
  }

  /** The code, as a step of a pipeline. */
  upwardPass(x: tf.Tensor): tf.Tensor {
    return this.encode(x);
  }

  /** The same by a compiled function; owned by the caller. */
  perform(x: tf.Tensor): tf.Tensor {
    return performBlock(this, x);
  }

  getWeights(): NdArray {
    return this.W.getValue();
  }

  getWeightsFormat(): WeightsFormat {
    return ['v', 'h'];
  }
}
