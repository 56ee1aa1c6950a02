/** @file Autoencoders of codes of autoencoders. Port of pylearn2/models/autoencoder.py. */
import { z } from 'zod';
import { type Block, performBlock } from '../../blocks';
import { Corruptor } from '../../corruption';
import { type SharedVariable, type tf, tidyOutermost, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import type { Space } from '../../space';
import {
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { Model, type ModelOptions } from '../model';
import { Autoencoder } from './autoencoder';

export interface DeepComposedAutoencoderOptions extends ModelOptions {
  /** From the input up; each encodes the codes of the one before. */
  autoencoders: Autoencoder[];
}

const shape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  autoencoders: z.array(instanceOf(Autoencoder)).min(1),
};
const schema = optionsOf<DeepComposedAutoencoderOptions>()(shape);

/** Encodes by all, in order, and decodes by all, in the reverse order. */
export class DeepComposedAutoencoder extends Model implements Block {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(
    options: DeepComposedAutoencoderOptions,
    where = 'models.autoencoder.DeepComposedAutoencoder',
  ) {
    super(parseOptions(new.target.schema, options, where) as DeepComposedAutoencoderOptions);
    this.autoencoders.reduce((below, above) => {
      const [codes, inputs] = [below.getOutputSpace(), above.getInputSpace()];
      if (codes.equals(inputs)) return above;
      throw optionConflict(where, `expected codes that fit, received ${codes} for ${inputs}`);
    });
  }

  get autoencoders(): readonly Autoencoder[] {
    return this.options.autoencoders;
  }

  override getParams(): SharedVariable[] {
    return this.autoencoders.flatMap((autoencoder) => autoencoder.getParams());
  }

  /** Nothing: each autoencoder saves its own. */
  protected override savedParams(): SharedVariable[] {
    return [];
  }

  protected override constrain(updates: Updates): void {
    for (const autoencoder of this.autoencoders) autoencoder.modifyUpdates(updates);
  }

  override getInputSpace(): Space {
    return this.autoencoders[0].getInputSpace();
  }

  override getOutputSpace(): Space {
    return this.autoencoders[this.autoencoders.length - 1].getOutputSpace();
  }

  /** The code of the codes: [batch, nhid of the last]. */
  encode(x: tf.Tensor): tf.Tensor {
    return tidyOutermost(() => this.autoencoders.reduce((h, next) => next.encode(h), x));
  }

  /** The reconstruction: [batch, nvis of the first]. */
  decode(h: tf.Tensor): tf.Tensor {
    return tidyOutermost(() => this.autoencoders.reduceRight((r, next) => next.decode(r), h));
  }

  reconstruct(x: tf.Tensor): tf.Tensor {
    return tidyOutermost(() => this.decode(this.encode(x)));
  }

  upwardPass(x: tf.Tensor): tf.Tensor {
    return this.encode(x);
  }

  /** The same by a compiled function; owned by the caller. */
  perform(x: tf.Tensor): tf.Tensor {
    return performBlock(this, x);
  }

  override dispose(): void {
    for (const autoencoder of this.autoencoders) autoencoder.dispose();
  }
}

export interface StackedDenoisingAutoencoderOptions extends DeepComposedAutoencoderOptions {
  /** What makes the input of the first one noisy. */
  corruptor: Corruptor;
}

const denoisingSchema = optionsOf<StackedDenoisingAutoencoderOptions>()({
  ...shape,
  corruptor: instanceOf(Corruptor),
});

/** Reconstructs from corrupted inputs. */
export class StackedDenoisingAutoencoder extends DeepComposedAutoencoder {
  static override readonly schema: OptionsSchema = denoisingSchema;
  declare protected readonly options: Parsed<typeof denoisingSchema>;

  constructor(options: StackedDenoisingAutoencoderOptions) {
    super(options, 'models.autoencoder.StackedDenoisingAutoencoder');
  }

  override reconstruct(x: tf.Tensor): tf.Tensor {
    return tidyOutermost(() => super.reconstruct(this.options.corruptor.corrupt(x)));
  }

  override dispose(): void {
    super.dispose();
    this.options.corruptor.dispose();
  }
}
