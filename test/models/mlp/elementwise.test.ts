import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import type { Linear } from '../../../src/models/mlp';
import {
  type LinearOptions,
  MLP,
  RectifiedLinear,
  type RectifiedLinearOptions,
  Softplus,
  Tanh,
} from '../../../src/models/mlp';
import { expectClose, leaves } from '../../support/expect';
import { load, roundTrip } from '../../support/yaml';

const options: LinearOptions = { dim: 2, layerName: 'h', irange: 0.5 };

/** The output of a layer whose affine part is the identity. */
function outputs(layer: Linear, x: number[]): tf.Tensor {
  const mlp = new MLP({ layers: [layer], nvis: 2 });
  layer.W!.setValue([
    [1, 0],
    [0, 1],
  ]);
  const input = tf.tensor2d([x]);
  return leaves(1, () => mlp.fprop(input) as tf.Tensor);
}

describe('models/mlp/elementwise', () => {
  it('applies its function to the affine part', () => {
    const softplus = (z: number) => Math.log(1 + Math.exp(z));
    expectClose(outputs(new Tanh(options), [-1, 2]), [Math.tanh(-1), Math.tanh(2)]);
    expectClose(outputs(new Softplus(options), [-1, 2]), [softplus(-1), softplus(2)]);
    expectClose(outputs(new RectifiedLinear(options), [-1, 2]), [0, 2]);
    expectClose(outputs(new RectifiedLinear({ ...options, leftSlope: 0.1 }), [-1, 2]), [-0.1, 2]);
  });

  it('stays finite for large inputs', () => {
    expectClose(outputs(new Softplus(options), [500, -500]), [500, 0]);
  });

  it('has the parameters, decay and channels of Linear', () => {
    const layer = new RectifiedLinear(options);
    const mlp = new MLP({ layers: [layer], nvis: 2 });
    assert.deepEqual(
      mlp.getParams().map(({ name }) => name),
      ['h_W', 'h_b'],
    );
    const names = tf.tidy(() =>
      Object.keys(mlp.getMonitoringChannels([tf.ones([2, 2]), tf.ones([2, 2])])),
    );
    assert.equal(names.length, 18);
    assert.ok(names.includes('h_max_x_max_u') && names.includes('h_col_norms_max'));
    layer.W!.setValue([
      [1, 2],
      [0, 0],
    ]);
    expectClose(layer.getWeightDecay(1), 5);
  });

  it('cannot be the last layer, having no cost', () => {
    const mlp = new MLP({ layers: [new Tanh(options)], nvis: 2 });
    const data = [tf.ones([1, 2]), tf.ones([1, 2])];
    assert.throws(() => mlp.costFromX(data), /Tanh `h` cannot be the last layer/);
  });

  it('comes from YAML and back from its saved form', () => {
    for (const name of ['Tanh', 'Softplus', 'RectifiedLinear']) {
      const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP {
        nvis: 3, layers: [ !obj:pylearn2.models.mlp.${name} {
          layer_name: 'h', dim: 2, sparse_init: 2, W_lr_scale: .5, max_col_norm: 1.9365 } ] }`);
      const x = tf.randomNormal([2, 3]);
      expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
      assert.equal(copy.layers[0].constructor.name, name);
    }
  });

  it('names the nearest option when there is no such one', () => {
    assert.throws(
      () =>
        load('!obj:pylearn2.models.mlp.RectifiedLinear { dim: 2, layer_name: h, left_slop: 1 }'),
      /RectifiedLinear: no option `left_slop`. Did you mean `left_slope`\?/,
    );
    const wrong = { ...options, leftSlope: 1 } as RectifiedLinearOptions;
    assert.throws(() => new Tanh(wrong), /models.mlp.Tanh: no option `leftSlope`/);
  });
});
