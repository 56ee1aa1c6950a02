import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../src/engine';
import { LWTA, lwta } from '../../src/models/lwta';
import { MLP } from '../../src/models/mlp';
import { compiledCall } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';
import { expectGradient } from '../support/gradients';
import { roundTrip } from '../support/yaml';

const options = { dim: 4, layerName: 'h', irange: 0.5, blockSize: 2 };

describe('models/lwta', () => {
  it('keeps the largest of each block, the last of equal ones', () => {
    const p = tf.tensor2d([
      [1, 3, -2, -5],
      [2, 2, 0, 0],
    ]);
    expectClose(
      leaves(1, () => lwta(p, 2)),
      [0, 3, -2, 0, 0, 2, 0, 0],
    );
    expectClose(lwta(p, 4), [0, 3, 0, 0, 0, 2, 0, 0]);
  });

  it('has the gradient that finite differences give, and is the same compiled', () => {
    const mlp = new MLP({ layers: [new LWTA(options)], nvis: 3 });
    const x = tf.tensor2d([[1, -2, 0.5]]);
    const y = tf.tensor2d([[1, 2, 3, 4]]);
    expectGradient(() => mlp.costFromX([x, y]), mlp.getParams());
    const fprop = makeFunction((input: tf.Tensor) => ({ outputs: mlp.fprop(input) as tf.Tensor }));
    expectClose(
      compiledCall(() => fprop(x)),
      mlp.fprop(x) as tf.Tensor,
      0,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 3, layers: [
      !obj:pylearn2.models.lwta.LWTA { layer_name: 'h', dim: 4, block_size: 2, irange: .1 } ] }`);
    const x = tf.randomNormal([2, 3]);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
    assert.throws(
      () => new LWTA({ ...options, blockSize: 3 }),
      /block_size that divides 4, received 3/,
    );
  });
});
