import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { MLP, Sigmoid, type SigmoidOptions, Softmax } from '../../../src/models/mlp';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

function build(options: Partial<SigmoidOptions> = {}, nvis = 2): { mlp: MLP; layer: Sigmoid } {
  const layer = new Sigmoid({ dim: 2, layerName: 'h', irange: 0.5, ...options });
  return { mlp: new MLP({ layers: [layer], nvis }), layer };
}

/** The channels of the layer for some inputs of the sigmoid, by their names without the layer's. */
function channels(z: number[][], targets: number[][], options: Partial<SigmoidOptions> = {}) {
  const { mlp, layer } = build(options);
  layer.W!.setValue([
    [1, 0],
    [0, 1],
  ]);
  return tf.tidy(() => {
    const all = mlp.getMonitoringChannels([tf.tensor2d(z), tf.tensor2d(targets)]);
    return Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name.slice(2), value.dataSync()[0]]),
    );
  });
}

describe('models/mlp/sigmoid', () => {
  it('costs ln 2 when it knows nothing, a mean over units', () => {
    const { mlp } = build({ irange: 0, dim: 5 });
    const data = [tf.ones([3, 2]), tf.ones([3, 5])];
    expectClose(
      leaves(1, () => mlp.costFromX(data)),
      Math.LN2,
    );
  });

  it('sums over units in the cost of a matrix, as the original does', () => {
    const { layer } = build();
    expectClose(
      layer.costFromCostMatrix(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
      ),
      5,
    );
  });

  it('keeps the cost finite where the sigmoid is 1 in float32', () => {
    const { mlp, layer } = build({ dim: 1 }, 1);
    layer.W!.setValue([[1]]);
    expectClose(mlp.costFromX([tf.tensor2d([[300]]), tf.tensor2d([[0]])]), 300);
  });

  it('starts sparse as the original does', () => {
    // Norms that Pylearn2 logs at epoch 0 of mlp_tutorial_part_2.yaml.
    const layers = [
      new Sigmoid({ dim: 500, layerName: 'h0', sparseInit: 15 }),
      new Softmax({ nClasses: 10, layerName: 'y', irange: 0 }),
    ];
    const mlp = new MLP({ layers, nvis: 784 });
    const at = tf.tidy(() => {
      const own = layers[0].getLayerMonitoringChannels({
        stateBelow: null,
        state: tf.zeros([1, 500]),
      });
      return Object.fromEntries(Object.entries(own).map(([k, v]) => [k, v.dataSync()[0]]));
    });
    expectClose(at.col_norms_max, 6.235034, 1e-6);
    expectClose(at.col_norms_mean, 3.823556, 1e-6);
    expectClose(at.col_norms_min, 2.06194, 1e-6);
    expectClose(at.row_norms_max, 5.893261, 1e-6);
    expectClose(at.row_norms_mean, 2.985492, 1e-6);
    mlp.dispose();
  });

  it('monitors detection unless told otherwise, only with targets', () => {
    const z = [
      [3, -3],
      [3, 3],
    ];
    const y = [
      [1, 0],
      [0, 1],
    ];
    const with_ = channels(z, y);
    const own = ['01_loss', 'kl', 'precision', 'recall', 'f1'];
    const each = ['precision', 'recall', 'f1'].flatMap((measure) =>
      ['max', 'mean', 'min'].map((s) => `per_output_${measure}_${s}`),
    );
    assert.equal(Object.keys(with_).length, 18 + own.length + each.length);
    for (const name of [...own, ...each]) assert.ok(name in with_, name);
    expectClose(with_['01_loss'], 1 / 4);
    expectClose(with_.precision, 2 / 3);
    const low = Math.log(1 + Math.exp(-3));
    expectClose(with_.kl, (3 * low + (3 + low)) / 4);
    const { layer } = build();
    const without = tf.tidy(() =>
      Object.keys(layer.getLayerMonitoringChannels({ stateBelow: null, state: tf.zeros([1, 2]) })),
    );
    assert.equal(without.length, 18);
  });

  it('counts wrong classes by the largest output or by any wrong bit', () => {
    const z = [
      [3, 1],
      [3, -3],
      [-3, -1],
    ];
    const y = [
      [1, 0],
      [1, 0],
      [1, 0],
    ];
    expectClose(channels(z, y, { monitorStyle: 'one_hot_class' }).misclass, 1 / 3);
    expectClose(channels(z, y, { monitorStyle: 'bit_vector_class' }).misclass, 2 / 3);
    expectClose(channels(z, y, { monitorStyle: 'classification' }).misclass, 2 / 3);
  });

  it('has the gradient that finite differences give, also at zero', () => {
    const x = tf.tensor2d([
      [1, 2, 3],
      [0.5, -1, 2],
    ]);
    const y = tf.tensor2d([
      [1, 0],
      [0, 1],
    ]);
    for (const irange of [0, 1]) {
      const { mlp } = build({ irange }, 3);
      expectGradient(() => mlp.costFromX([x, y]), mlp.getParams());
    }
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP {
      nvis: 3, layers: [ !obj:pylearn2.models.mlp.Sigmoid {
        layer_name: 'h', dim: 2, irange: .1, monitor_style: 'one_hot_class' } ] }`);
    const x = tf.randomNormal([2, 3]);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
  });

  it('names what is wrong with its options', () => {
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.Sigmoid { dim: 2, layer_name: h, monitor_styl: x }`),
      /no option `monitor_styl`. Did you mean `monitor_style`\?/,
    );
    assert.throws(
      () => load(`!obj:pylearn2.models.mlp.Sigmoid { dim: 2, layer_name: h, monitor_style: x }`),
      /option `monitor_style`: .*one_hot_class.*received "x"/,
    );
  });

  it('refuses targets of another size', () => {
    const { mlp } = build();
    assert.throws(
      () => mlp.costFromX([tf.ones([1, 2]), tf.ones([1, 3])]),
      /Sigmoid `h` targets: expected a batch of shape \[\*, 2\], received \[1, 3\]/,
    );
  });
});
