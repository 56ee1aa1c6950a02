/** @file Several corruptors. Port of pylearn2/corruption.py (`ComposedCorruptor`). */
import { z } from 'zod';
import { tf } from '../engine';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { Corruptor, type CorruptorOptions, corruptorShape } from './corruptor';

export interface ComposedCorruptorOptions extends CorruptorOptions {
  /** Applied one after the other, the last one first, as functions are composed. */
  corruptors: Corruptor[];
}

const schema = optionsOf<ComposedCorruptorOptions>()({
  ...corruptorShape,
  corruptors: z.array(instanceOf(Corruptor)).min(1),
});

/** Applies one corruptor to what another one made. */
export class ComposedCorruptor extends Corruptor {
  static readonly schema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: ComposedCorruptorOptions) {
    super(parseOptions(schema, options, 'corruption.ComposedCorruptor'));
  }

  override corrupt(x: tf.Tensor): tf.Tensor {
    const { corruptors } = this.options;
    return tf.tidy(() => corruptors.reduceRight((noisy, next) => next.corrupt(noisy), x));
  }

  override dispose(): void {
    super.dispose();
    for (const corruptor of this.options.corruptors) corruptor.dispose();
  }
}
