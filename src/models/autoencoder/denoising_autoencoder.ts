/**
 * @file Learns to tell its input from a noisy copy. Port of pylearn2/models/autoencoder.py
 * (`DenoisingAutoencoder`); Vincent et al. 2008, "Extracting and composing robust features".
 */
import type { tf } from '../../engine';
import { tidyOutermost } from '../../engine';
import { Corruptor } from '../../corruption';
import { instanceOf, optionsOf, type OptionsSchema, type Parsed } from '../../utils/options';
import { Autoencoder, type AutoencoderOptions, autoencoderShape } from './autoencoder';

export interface DenoisingAutoencoderOptions extends AutoencoderOptions {
  /** What makes inputs noisy. */
  corruptor: Corruptor;
}

const schema = optionsOf<DenoisingAutoencoderOptions>()({
  ...autoencoderShape,
  corruptor: instanceOf(Corruptor),
});

/** Reconstructs from corrupted inputs; codes are made of clean ones. */
export class DenoisingAutoencoder extends Autoencoder {
  static override readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: DenoisingAutoencoderOptions) {
    super(options, 'models.autoencoder.DenoisingAutoencoder');
  }

  override reconstruct(x: tf.Tensor): tf.Tensor2D {
    return tidyOutermost(() => super.reconstruct(this.options.corruptor.corrupt(x)));
  }

  override dispose(): void {
    super.dispose();
    this.options.corruptor.dispose();
  }
}
