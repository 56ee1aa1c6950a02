import assert from 'node:assert/strict';
import { function as makeFunction, tf } from '../../../src/engine';
import { MLP, SoftmaxPool, type SoftmaxPoolOptions } from '../../../src/models/mlp';
import { compiledCall } from '../../support/compiled';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { roundTrip } from '../../support/yaml';

function build(poolSize: number, options: Partial<SoftmaxPoolOptions> = {}): MLP {
  const layer = new SoftmaxPool({
    detectorLayerDim: 4,
    layerName: 'h',
    irange: 0.5,
    poolSize,
    ...options,
  });
  return new MLP({ layers: [layer], nvis: 4 });
}

/** The output of a layer whose units are the inputs. */
function outputs(poolSize: number, x: number[]): tf.Tensor {
  const mlp = build(poolSize);
  (mlp.layers[0] as SoftmaxPool).W!.setValue(tf.eye(4));
  const input = tf.tensor2d([x]);
  return leaves(1, () => mlp.fprop(input) as tf.Tensor);
}

describe('models/mlp/softmax_pool', () => {
  it('gives the probability that a unit of the pool is on', () => {
    const on = (...z: number[]) => 1 - 1 / (1 + z.reduce((sum, one) => sum + Math.exp(one), 0));
    expectClose(outputs(1, [-1, 2, 0, 3]), [on(-1), on(2), on(0), on(3)]);
    expectClose(outputs(2, [-1, 2, 0, 3]), [on(-1, 2), on(0, 3)]);
    expectClose(outputs(4, [-1, 2, 0, 3]), [on(-1, 2, 0, 3)]);
  });

  it('stays finite for large inputs', () => {
    expectClose(outputs(2, [500, 400, -500, -400]), [1, 0]);
  });

  it('has the gradient that finite differences give, and is the same compiled', () => {
    const x = tf.tensor2d([
      [1, 2, -3, 0.5],
      [0.5, -1, 2, 1],
    ]);
    for (const poolSize of [1, 2]) {
      const mlp = build(poolSize);
      const value = () => (mlp.fprop(x) as tf.Tensor).square().sum() as tf.Scalar;
      expectGradient(value, mlp.getParams());
      const fprop = makeFunction((input: tf.Tensor) => ({
        outputs: mlp.fprop(input) as tf.Tensor,
      }));
      expectClose(
        compiledCall(() => fprop(x)),
        mlp.fprop(x) as tf.Tensor,
        1e-6,
      );
    }
  });

  it('has the channels of the original, and a row for each pool', () => {
    const names = (poolSize: number) =>
      tf.tidy(() => Object.keys(build(poolSize).getMonitoringChannels([tf.ones([2, 4]), null])));
    assert.equal(names(2).length, 18);
    assert.ok(names(2).includes('h_p_range_x.min_u'));
    assert.ok(names(1).includes('h_range_x.min_u'));
    assert.deepEqual(build(2).getWeightsViewShape(), [2, 2]);
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
      !obj:pylearn2.models.mlp.SoftmaxPool { layer_name: 'h', detector_layer_dim: 6, pool_size: 3,
        sparse_init: 2 } ] }`);
    const x = tf.randomNormal([2, 4]);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
    assert.throws(() => build(3), /pool_size that divides 4, received 3/);
  });
});
