/** @file Noise for inputs. Port of pylearn2/corruption.py (`Corruptor`). */
import { RandomStream, type tf } from '../engine';
import { makeRng, type RandomState, rngOption, type Seed } from '../utils/rng';

/** What every corruptor takes. */
export interface CorruptorOptions {
  /** Generator that gives the seed of the noise, and advances, or its own seed. */
  rng?: RandomState | Seed;
}

/** The zod shape of those options. */
export const corruptorShape = {
  rng: rngOption.default(2001),
};

/**
 * Adds noise to batches. Runs inside compiled functions: each call draws anew, from a stream that
 * is saved with the corruptor.
 */
export abstract class Corruptor {
  protected stream: RandomStream;

  /** @param options - The options of the subclass, kept so that it can be saved. */
  constructor(protected readonly options: { rng: RandomState | Seed }) {
    // The original seeds Theano's stream by a draw from NumPy's.
    this.stream = new RandomStream(makeRng(options.rng).randint(2 ** 30));
  }

  /**
   * A noisy copy.
   * @param x - [batch, ...] float32, read only.
   * @returns The same shape, owned by the caller.
   */
  abstract corrupt(x: tf.Tensor): tf.Tensor;

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { seed: this.stream.seed, ...this.stream.getState() };
  }

  setState({ seed, drawn }: { seed: number; drawn: number }): void {
    if (seed !== this.stream.seed) {
      this.stream.dispose();
      this.stream = new RandomStream(seed);
    }
    this.stream.setState({ drawn });
  }

  dispose(): void {
    this.stream.dispose();
  }
}
