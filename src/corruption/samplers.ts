/** @file Corruptors that take inputs for probabilities. Port of pylearn2/corruption.py. */
import { tf } from '../engine';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../utils/options';
import { Corruptor, type CorruptorOptions, corruptorShape } from './corruptor';

const schema = optionsOf<CorruptorOptions>()(corruptorShape);

/** A corruptor without a level. */
abstract class PlainCorruptor extends Corruptor {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: CorruptorOptions = {}) {
    super(parseOptions(schema, options, `corruption.${new.target.name}`));
  }
}

/** Leaves inputs as they are. */
export class DummyCorruptor extends PlainCorruptor {
  override corrupt(x: tf.Tensor): tf.Tensor {
    return x.clone();
  }
}

/** Draws ones with the probabilities that the inputs are. */
export class BinomialSampler extends PlainCorruptor {
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.stream.uniform(x.shape).less(x).cast('float32'));
  }
}

/** Draws a one-hot code for each row, with probabilities in proportion to its numbers. */
export class MultinomialSampler extends PlainCorruptor {
  /** @param x - [batch, classes] float32, nowhere negative. */
  override corrupt(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const [batch, classes] = x.shape;
      const sums = x.cumsum(1);
      const lots = this.stream.uniform([batch, 1]).mul(sums.slice([0, classes - 1], [-1, 1]));
      const drawn = sums.lessEqual(lots).cast('int32').sum(1) as tf.Tensor1D;
      return tf.oneHot(drawn, classes).cast('float32');
    });
  }
}
