/** @file Samples as a step of a pipeline. Port of pylearn2/expr/sampling.py. */
import { z } from 'zod';
import type { Block } from '../blocks';
import { RandomStream, tf } from '../engine';
import type { Space } from '../space';
import { StateError } from '../utils/errors';
import { optionsOf, type OptionsSchema, parseOptions } from '../utils/options';
import { makeRng, type Seed } from '../utils/rng';

export interface SampleBernoulliOptions {
  /** Seed of the samples. */
  seed?: Seed | null;
  /** Where inputs live; unless given, inputs of any space are taken. */
  inputSpace?: Space | null;
}

const WHERE = 'expr.sampling.SampleBernoulli';
const DEFAULT_SEED = 2012 + 11 + 22;

const schema = optionsOf<SampleBernoulliOptions>()({
  seed: z
    .union([z.number().int(), z.array(z.number().int())])
    .nullable()
    .default(null),
  inputSpace: z
    .custom<Space>((value) => typeof (value as Space | null)?.validate === 'function', {
      error: 'expected a Space',
    })
    .nullable()
    .default(null),
});

/** Draws ones with the probabilities that the inputs are; the space stays what it is. */
export class SampleBernoulli implements Block {
  static readonly schema: OptionsSchema<SampleBernoulliOptions> = schema;
  private readonly seed: Seed | null;
  private inputSpace: Space | null;
  private readonly stream: RandomStream;

  constructor(options: SampleBernoulliOptions = {}) {
    ({ seed: this.seed, inputSpace: this.inputSpace } = parseOptions(schema, options, WHERE));
    this.stream = new RandomStream(makeRng(this.seed, DEFAULT_SEED).randint(2 ** 30));
  }

  setInputSpace(space: Space): void {
    this.inputSpace = space;
  }

  /** @throws {@link StateError} when none was given. */
  getInputSpace(): Space {
    if (this.inputSpace) return this.inputSpace;
    throw new StateError(`${WHERE}: it has no input space yet; setInputSpace gives it one.`);
  }

  getOutputSpace(): Space {
    return this.getInputSpace();
  }

  /**
   * Fresh samples at each call, also inside compiled functions.
   * @param x - Probabilities, float32, read only.
   * @returns Zeros and ones of the same shape, float32, owned by the caller.
   */
  upwardPass(x: tf.Tensor): tf.Tensor {
    this.inputSpace?.validate(x, WHERE);
    return tf.tidy(() => this.stream.uniform(x.shape).less(x).cast('float32'));
  }

  getConfig(): object {
    return { seed: this.seed, inputSpace: this.inputSpace };
  }

  getState(): { drawn: number } {
    return this.stream.getState();
  }

  setState(state: { drawn: number }): void {
    this.stream.setState(state);
  }

  dispose(): void {
    this.stream.dispose();
  }
}
