/**
 * @file Random draws on the device, by counter: Philox 4x32-10 as in TensorFlow's stateless ops
 * (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). The n-th draw of a stream
 * depends on its seed and on n alone, so that it is the same on every engine and after save and load.
 */
import { nativeBackend } from './native';
import { philoxUniform } from './philox';
import { type SharedVariable, sharedX } from './shared';
import * as tf from './tf';

function statelessUniform(shape: number[], seed: tf.Tensor1D): tf.Tensor {
  const native = nativeBackend();
  if (!native) {
    const [key, counter] = seed.dataSync();
    return tf.tensor(philoxUniform(tf.util.sizeFromShape(shape), key, counter), shape);
  }
  const size = tf.tensor1d(shape, 'int32');
  // Ours draws the same, several times as fast (kernel/setup/engine/uniform.h).
  const hasOwn = native.binding.addFunction !== undefined && !native.isUsingGpuDevice;
  if (hasOwn) return native.executeSingleOutput('Tslearn2Uniform', [], [size, seed]);
  const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = native.binding;
  const attribute = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
  const attributes = [
    attribute('dtype', TF_FLOAT),
    attribute('T', TF_INT32),
    attribute('Tseed', TF_INT32),
  ];
  return native.executeSingleOutput('StatelessRandomUniform', attributes, [size, seed]);
}

let rehearsing = false;

/** Runs `f`, after which all streams stand where they stood. To try things out; not traced. */
export function rehearse<T>(f: () => T): T {
  const before = rehearsing;
  rehearsing = true;
  try {
    return f();
  } finally {
    rehearsing = before;
  }
}

/** How many draws of each stream were taken that its counter does not count yet. */
type Taken = ReadonlyMap<RandomStream, number>;

/** While tasks draw the same: what they have taken since streams stood where they stand. */
let taken: Map<RandomStream, number> | undefined;

/**
 * Runs tasks that see the same noise: each draws from where all streams stood before the first.
 * Compiled, what several of them compute alike is computed once.
 * @returns What the tasks return. The streams stand behind what the longest of them drew.
 */
export function withSameDraws<T>(tasks: readonly (() => T)[]): T[] {
  const outer = taken;
  const before: Taken = outer ?? new Map();
  const most = new Map(before);
  try {
    return tasks.map((task) => {
      taken = new Map(before);
      const result = task();
      for (const [stream, count] of taken) most.set(stream, Math.max(count, most.get(stream) ?? 0));
      return result;
    });
  } finally {
    taken = outer;
    for (const [stream, count] of most) stream.advance(count - (before.get(stream) ?? 0));
  }
}

/** A stream of random tensors, reproducible from its seed. */
export class RandomStream {
  private readonly counter: SharedVariable<tf.Rank.R0>;

  /** @param seed - An integer in [0, 2^31). */
  constructor(readonly seed: number) {
    this.counter = sharedX<tf.Rank.R0>(0, `random_stream_${seed}`, 'int32');
  }

  /** Next numbers from [0, 1), float32, owned by the caller. */
  uniform(shape: number[]): tf.Tensor {
    return tf.tidy(() => {
      const place = this.after(taken?.get(this) ?? 0);
      const seed = tf.stack([tf.scalar(this.seed, 'int32'), place]) as tf.Tensor1D;
      const drawn = statelessUniform(shape, seed);
      this.advance(1);
      return drawn;
    });
  }

  /** Leaves out the next `count` draws. */
  advance(count: number): void {
    if (count === 0) return;
    if (taken) taken.set(this, (taken.get(this) ?? 0) + count);
    else if (!rehearsing) tf.tidy(() => this.counter.assign(this.after(count)));
  }

  private after(count: number): tf.Scalar {
    return count === 0 ? this.counter : tf.add(this.counter, tf.scalar(count, 'int32'));
  }

  /** Next numbers from the normal distribution (mean 0, deviation 1), float32, by Box and Muller. */
  normal(shape: number[]): tf.Tensor {
    return tf.tidy(() => {
      const radius = this.uniform(shape).neg().add(1).log().mul(-2).sqrt();
      return radius.mul(
        this.uniform(shape)
          .mul(2 * Math.PI)
          .cos(),
      );
    });
  }

  /** Next zeros and ones, float32; each is one with probability `p`. */
  binomial(shape: number[], p: number): tf.Tensor {
    return tf.tidy(() => this.uniform(shape).less(p).cast('float32'));
  }

  /** How many draws were taken; with the seed, all there is to save. */
  getState(): { drawn: number } {
    return { drawn: this.counter.dataSync()[0] };
  }

  setState({ drawn }: { drawn: number }): void {
    this.counter.setValue(drawn);
  }

  dispose(): void {
    this.counter.dispose();
  }
}
