/** @file What the processor can do at most, as the engine sees it: the frame of all other numbers. */
import type { tf as engine } from '../src';

const SIDE = 2048;
const FLOATS = 2 ** 25;
const REPEATS = 5;

/** Seconds of the fastest of some runs; the first one does not count. */
function fastest(run: () => engine.Tensor): number {
  const seconds = Array.from({ length: REPEATS + 1 }, () => {
    const start = performance.now();
    run().dispose();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...seconds.slice(1));
}

/** GFLOP/s of a large matrix product, and GB/s read and written by a copy of 128 MiB. */
export function limits(tf: typeof engine): Record<string, number> {
  const square = tf.randomUniform([SIDE, SIDE]);
  const long = tf.zeros([FLOATS]);
  const product = fastest(() => tf.matMul(square, square));
  const copy = fastest(() => tf.neg(long));
  tf.dispose([square, long]);
  return { gflops: (2 * SIDE ** 3) / product / 1e9, gigabytes: (8 * FLOATS) / copy / 1e9 };
}
