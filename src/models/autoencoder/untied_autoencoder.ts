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
  /** An autoencoder with tied weights; copied, and freed with the copy. */
  base: Autoencoder;
}

const schema = optionsOf<UntiedAutoencoderOptions>()({ base: instanceOf(Autoencoder) });
const WHERE = 'models.autoencoder.UntiedAutoencoder';

/** What the base has of the options of plain autoencoders; the values are copied afterwards. */
function plainOptions(base: Autoencoder): AutoencoderOptions {
  const given = base.getConfig() as AutoencoderOptions;
  const keys = Autoencoder.schema.keys as (keyof AutoencoderOptions)[];
  const own = Object.fromEntries(keys.map((key) => [key, given[key]]));
  // A seed of its own, lest the base's generator, if it was given one, goes on.
  return { ...(own as unknown as AutoencoderOptions), tiedWeights: false, rng: 0 };
}

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
    super(plainOptions(base), WHERE, Autoencoder.schema);
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

  override dispose(): void {
    super.dispose();
    this.base.dispose();
  }
}
