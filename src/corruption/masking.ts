/** @file Corruptors that leave inputs out. Port of pylearn2/corruption.py. */
import { z } from 'zod';
import { tf } from '../engine';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../utils/options';
import { Corruptor, type CorruptorOptions, corruptorShape } from './corruptor';

export interface LevelOptions extends CorruptorOptions {
  /** Probability with which an input is changed, in [0, 1). */
  corruptionLevel: number;
}

const schema = optionsOf<LevelOptions>()({
  ...corruptorShape,
  corruptionLevel: z.number().min(0).lt(1),
});

/** A corruptor with a level. */
abstract class LevelCorruptor extends Corruptor {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: LevelOptions) {
    super(parseOptions(schema, options, `corruption.${new.target.name}`));
  }

  /** Ones where an input is kept, zeros elsewhere. */
  protected keep(shape: number[]): tf.Tensor {
    return this.stream.binomial(shape, 1 - this.options.corruptionLevel);
  }
}

/** Sets inputs to zero, each with probability `corruptionLevel`. */
export class BinomialCorruptor extends LevelCorruptor {
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => x.mul(this.keep(x.shape)));
  }
}

/** Below this level nothing is left out. */
const NEGLIGIBLE = 1e-5;

/** The same, and the inputs that stay are scaled so that sums stay as large on average. */
export class DropoutCorruptor extends LevelCorruptor {
  override corrupt(x: tf.Tensor): tf.Tensor {
    const { corruptionLevel } = this.options;
    if (corruptionLevel < NEGLIGIBLE) return x.clone();
    return tf.tidy(() => x.mul(this.keep(x.shape)).div(1 - corruptionLevel));
  }
}

/** Sets inputs to 0 or 1, as a coin falls. */
export class SaltPepperCorruptor extends LevelCorruptor {
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const keep = this.keep(x.shape);
      const coin = this.stream.binomial(x.shape, 0.5);
      return x.mul(keep).add(keep.neg().add(1).mul(coin));
    });
  }
}

/** Replaces whole one-hot codes by others, drawn uniformly. */
export class OneHotCorruptor extends LevelCorruptor {
  /** @param x - [batch, classes] float32. */
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const [batch, classes] = x.shape;
      const keep = this.keep([batch, 1]);
      const drawn = this.stream.uniform([batch]).mul(classes).floor().cast('int32');
      const codes = tf.oneHot(drawn, classes).cast('float32');
      return x.mul(keep).add(keep.neg().add(1).mul(codes));
    });
  }
}
