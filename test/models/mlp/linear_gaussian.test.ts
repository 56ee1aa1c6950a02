import assert from 'node:assert/strict';
import { DenseDesignMatrix } from '../../../src/datasets';
import { function as makeFunction, tf, type Updates } from '../../../src/engine';
import {
  betaFromFeatures,
  betaFromTargets,
  LinearGaussian,
  type LinearGaussianOptions,
  meanOfTargets,
  MLP,
} from '../../../src/models/mlp';
import { compiledCall } from '../../support/compiled';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

const common: LinearGaussianOptions = {
  dim: 2,
  layerName: 'y',
  irange: 0.5,
  initBeta: [2, 0.5],
  minBeta: 0.1,
  maxBeta: 10,
  betaLrScale: null,
};

function build(options: Partial<LinearGaussianOptions> = {}) {
  const layer = new LinearGaussian({ ...common, ...options });
  return { mlp: new MLP({ layers: [layer], nvis: 3 }), layer };
}

const x = tf.tensor2d([
  [1, 2, 3],
  [0.5, -1, 2],
]);
const y = tf.tensor2d([
  [1, 2],
  [0, 4],
]);

describe('models/mlp/linear_gaussian', () => {
  it('costs errors weighed by precision, less the logarithms of the precisions', () => {
    const { mlp } = build();
    const zeros = tf.zeros([2, 2]);
    const errors = (2 * 1 + 0.5 * 4 + 0 + 0.5 * 16) / 2;
    expectClose(
      leaves(1, () => mlp.cost(y, zeros)),
      0.5 * errors - 0.5 * (Math.log(2) + Math.log(0.5)),
    );
  });

  it('learns its precisions, within their limits', () => {
    const { mlp, layer } = build({ betaLrScale: 0.1, minBeta: [0.1, 1] });
    assert.deepEqual(
      mlp.getParams().map(({ name }) => name),
      ['y_W', 'y_b', 'beta'],
    );
    expectGradient(() => mlp.costFromX([x, y]), mlp.getParams());
    assert.equal(mlp.getLrScalers().get(layer.beta!), 0.1);
    const updates: Updates = new Map([[layer.beta!, tf.tensor1d([20, 0.5])]]);
    mlp.modifyUpdates(updates);
    expectClose(updates.get(layer.beta!)!, [10, 1]);
    leaves(-3, () => mlp.dispose());
  });

  it('is the same compiled', () => {
    const { mlp } = build();
    const cost = makeFunction(() => ({ outputs: mlp.costFromX([x, y]) }));
    expectClose(
      compiledCall(() => cost()),
      mlp.costFromX([x, y]),
      1e-6,
    );
  });

  it('has channels of its precisions and errors beside those of Linear', () => {
    const channels = tf.tidy(() => {
      const all = build().mlp.getMonitoringChannels([x, y]);
      return Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, value.dataSync()[0]]),
      );
    });
    assert.equal(Object.keys(channels).length, 6 + 12 + 4);
    expectClose([channels.y_beta_min, channels.y_beta_mean, channels.y_beta_max], [0.5, 1.25, 2]);
    assert.ok(channels.y_mse > 0);
  });

  it('comes from YAML with what a dataset says, and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 3, layers: [
      !obj:pylearn2.models.mlp.LinearGaussian { layer_name: 'y', dim: 2, irange: .1,
        init_bias: !obj:pylearn2.models.mlp.mean_of_targets { dataset: &data
          !obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
            X: [[0., 1.], [2., 1.]], y: [[1., 2.], [3., 2.]] } },
        init_beta: !obj:pylearn2.models.mlp.beta_from_targets { dataset: *data, min_var: .25 },
        min_beta: 1., max_beta: 100., beta_lr_scale: 1. } ] }`);
    const layer = loaded.layers[0] as LinearGaussian;
    expectClose(layer.b!, [2, 2]);
    expectClose(layer.beta!, [1, 4]);
    expectClose(copy.costFromX([x, y]), loaded.costFromX([x, y]), 0);
    assert.throws(
      () => load('!obj:pylearn2.models.mlp.LinearGaussian { layer_name: y, dim: 2, irange: .1 }'),
      /option `init_beta` is missing/,
    );
  });
});

describe('models/mlp/statistics', () => {
  it('inverts variances within limits, and averages', () => {
    const X = [
      [0, 1],
      [4, 1],
    ];
    const dataset = new DenseDesignMatrix({ X, y: [1, 3] });
    expectClose(
      leaves(0, () => betaFromFeatures({ dataset, minVar: 0.1 })),
      [0.25, 10],
    );
    expectClose(betaFromFeatures({ dataset, maxVar: 2 }), [0.5, 1e6]);
    expectClose(betaFromTargets({ dataset }), [1]);
    expectClose(
      leaves(0, () => meanOfTargets({ dataset })),
      [2],
    );
    const bare = new DenseDesignMatrix({ X });
    assert.throws(() => meanOfTargets({ dataset: bare }), /the dataset has no targets/);
  });
});
