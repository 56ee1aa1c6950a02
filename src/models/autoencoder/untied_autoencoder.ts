/** @file From tied weights to separate ones. Port of pylearn2/models/autoencoder.py (`UntiedAutoencoder`). */
import { tf } from '../../engine';
import {
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  parseOptions,
} from '../../utils/options';
import { Autoencoder, type AutoencoderOptions } from './autoencoder';

export interface UntiedAutoencoderOptions {
  /** An autoencoder with tied weights; copied. */
  base: Autoencoder;
}

const schema = optionsOf<UntiedAutoencoderOptions>()({ base: instanceOf(Autoencoder) });
const WHERE = 'models.autoencoder.UntiedAutoencoder';

/**
 * Computes what its base does, with weights of the decoder that can be learned apart.
 * Differs from the original: the hidden biases are the base's hidden ones, not its visible ones.
 */
export class UntiedAutoencoder extends Autoencoder {
  static override readonly schema: OptionsSchema = schema;
  private readonly base: Autoencoder;

  constructor(options: UntiedAutoencoderOptions) {
    const { base } = parseOptions(schema, options, WHERE);
    if (base.Wprime) throw optionConflict(WHERE, 'expected a base with tied weights');
    const own = { ...(base.getConfig() as AutoencoderOptions), tiedWeights: false };
    super(own, WHERE, Autoencoder.schema);
    this.base = base;
    tf.tidy(() => {
      this.W.assign(base.W.clone());
      this.Wprime?.assign(base.W.transpose());
      this.vb.assign(base.vb.clone());
      this.hb.assign(base.hb.clone());
    });
  }

  override getConfig(): object {
    return { base: this.base };
  }
}
