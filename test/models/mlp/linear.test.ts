import assert from 'node:assert/strict';
import { tf, type Updates } from '../../../src/engine';
import { Linear, type LinearOptions, MLP } from '../../../src/models/mlp';
import { expectClose, leaves } from '../../support/expect';

function build(options: Partial<LinearOptions> = {}, nvis = 2): { mlp: MLP; layer: Linear } {
  const layer = new Linear({ dim: 2, layerName: 'h', irange: 0.5, ...options });
  return { mlp: new MLP({ layers: [layer], nvis }), layer };
}

/** The next weights after the model's constraints, when they would have been `W`. */
function constrained({ mlp, layer }: ReturnType<typeof build>, W: number[][]): tf.Tensor {
  const updates: Updates = new Map([[layer.W!, tf.tensor2d(W)]]);
  mlp.modifyUpdates(updates);
  return updates.get(layer.W!)!;
}

describe('models/mlp/linear', () => {
  it('multiplies by the weights and adds the biases', () => {
    const { mlp, layer } = build({ initBias: [10, 20] });
    layer.W!.setValue([
      [1, 2],
      [3, 4],
    ]);
    const x = tf.tensor2d([[1, 1]]);
    expectClose(
      leaves(1, () => mlp.fprop(x) as tf.Tensor),
      [14, 26],
    );
  });

  it('costs the mean over examples of the summed squared differences, without a half', () => {
    const { mlp } = build();
    const [y, yhat] = [
      tf.tensor2d([
        [1, 2],
        [0, 0],
      ]),
      tf.tensor2d([
        [0, 0],
        [1, 0],
      ]),
    ];
    expectClose(
      leaves(1, () => mlp.cost(y, yhat)),
      (1 + 4 + 1) / 2,
    );
  });

  it('costs absolute differences when asked to', () => {
    const { mlp } = build({ useAbsLoss: true });
    expectClose(mlp.cost(tf.tensor2d([[1, -2]]), tf.tensor2d([[0, 0]])), 3);
  });

  it('keeps column norms between their limits', () => {
    const model = build({ maxColNorm: 5, minColNorm: 1 });
    expectClose(
      constrained(model, [
        [6, 0.3],
        [8, 0.4],
      ]),
      [3, 0.6, 4, 0.8],
    );
  });

  it('keeps row norms below their limit and leaves smaller ones alone', () => {
    expectClose(
      constrained(build({ maxRowNorm: 5 }), [
        [6, 8],
        [1, 0],
      ]),
      [3, 4, 1, 0],
    );
  });

  it('holds masked weights at zero, from the start and after updates', () => {
    const model = build({
      maskWeights: [
        [1, 0],
        [1, 1],
      ],
    });
    expectClose(model.layer.W!.dataSync()[1], 0);
    expectClose(
      constrained(model, [
        [1, 2],
        [3, 4],
      ]),
      [1, 0, 3, 4],
    );
    leaves(-3, () => model.mlp.dispose());
  });

  it('has the channels of the original', () => {
    const { mlp } = build();
    const channels = tf.tidy(() =>
      Object.keys(mlp.getMonitoringChannels([tf.ones([3, 2]), tf.ones([3, 2])])),
    );
    const stats = ['range', 'max', 'mean', 'min'].flatMap((s) =>
      ['max', 'mean', 'min'].map((u) => `h_${s}_x_${u}_u`),
    );
    const norms = ['row', 'col'].flatMap((axis) =>
      ['min', 'mean', 'max'].map((s) => `h_${axis}_norms_${s}`),
    );
    assert.deepEqual(channels.sort(), [...stats, ...norms].sort());
  });

  it('computes statistics over examples first, then over units', () => {
    const { mlp, layer } = build();
    layer.W!.setValue([
      [1, 0],
      [0, 1],
    ]);
    const x = tf.tensor2d([
      [1, 5],
      [3, 0],
    ]);
    const at = (name: string) =>
      tf.tidy(() => mlp.getMonitoringChannels([x, x])[`h_${name}`].dataSync()[0]);
    expectClose(at('max_x_mean_u'), 4);
    expectClose(at('range_x_min_u'), 2);
    expectClose(at('mean_x_max_u'), 2.5);
  });

  it('decays its weights by their squares or absolute values, biases apart', () => {
    const { layer } = build({ initBias: 7 });
    layer.W!.setValue([
      [1, -2],
      [3, 0],
    ]);
    expectClose(
      leaves(1, () => layer.getWeightDecay(0.1)),
      1.4,
    );
    expectClose(
      leaves(1, () => layer.getL1WeightDecay(0.1)),
      0.6,
    );
  });

  it('has no bias when told so', () => {
    const { layer } = build({ useBias: false });
    assert.deepEqual(
      layer.getParams().map(({ name }) => name),
      ['h_W'],
    );
    assert.throws(() => layer.getBiases(), /Linear `h` cannot show biases/);
  });

  it('wants exactly one scheme of initial weights', () => {
    assert.throws(
      () => build({ irange: null }),
      /models.mlp.Linear `h`: expected exactly one of irange, istdev and sparse_init, received none/,
    );
    assert.throws(() => build({ istdev: 1 }), /received irange and istdev/);
    assert.throws(
      () => build({ irange: null, sparseInit: 3 }),
      /`sparseInit`: expected at most the 2 inputs, received 3/,
    );
  });

  it('refuses limits on rows and columns together', () => {
    assert.throws(
      () => build({ maxRowNorm: 1, maxColNorm: 1 }),
      /rows or of columns, received both/,
    );
  });

  it('draws sparse weights, so many for each unit', () => {
    const { layer } = build({ irange: null, sparseInit: 3, sparseStdev: 2, dim: 4 }, 10);
    const W = layer.W!.arraySync();
    for (let unit = 0; unit < 4; unit++) assert.equal(W.filter((row) => row[unit] !== 0).length, 3);
  });
});
