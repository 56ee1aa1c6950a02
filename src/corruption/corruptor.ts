/** @file Noise for inputs. Port of pylearn2/corruption.py (`Corruptor`). */
import { z } from 'zod';
import { RandomStream, type tf } from '../engine';
import { RandomState } from '../utils/rng';

/** What every corruptor takes. */
export interface CorruptorOptions {
  /** Seed of the noise. */
  rng?: number | number[];
}

/** The zod shape of those options. */
export const corruptorShape = {
  rng: z.union([z.number().int(), z.array(z.number().int())]).default(2001),
};

/**
 * Adds noise to batches. Runs inside compiled functions: each call draws anew, from a stream that
 * is saved with the corruptor.
 */
export abstract class Corruptor {
  protected readonly stream: RandomStream;

  /** @param options - The options of the subclass, kept so that it can be saved. */
  constructor(protected readonly options: { rng: number | number[] }) {
    // The original seeds Theano's stream by a draw from NumPy's.
    this.stream = new RandomStream(new RandomState(options.rng).randint(2 ** 30));
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
    return this.stream.getState();
  }

  setState(state: { drawn: number }): void {
    this.stream.setState(state);
  }

  dispose(): void {
    this.stream.dispose();
  }
}
