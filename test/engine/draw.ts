/** @file A process of its own: prints what a function draws at four calls. */
import { function as makeFunction, tf } from '../../src/engine';

if (require.main === module) {
  const drawing = makeFunction((x: tf.Tensor) => ({
    outputs: tf.dropout(x.add(tf.randomNormal([3])), 0.4).mul(tf.randomUniform([3])),
  }));
  for (let call = 0; call < 4; call++) console.log([...drawing(tf.ones([3])).dataSync()].join());
}
