import assert from 'node:assert/strict';
import { function as makeFunction, tf, type Updates } from '../../../src/engine';
import { Maxout, type MaxoutOptions } from '../../../src/models/maxout';
import { MLP } from '../../../src/models/mlp';
import { Conv2DSpace } from '../../../src/space';
import { RandomState } from '../../../src/utils/rng';
import { compiledCall } from '../../support/compiled';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

const small: MaxoutOptions = { layerName: 'h', numUnits: 2, numPieces: 2, irange: 0.5 };

function build(options: Partial<MaxoutOptions> = {}, nvis = 4, seed: number | null = null) {
  const layer = new Maxout({ ...small, ...options });
  return { mlp: new MLP({ layers: [layer], nvis, seed }), layer };
}

/** The output of a layer whose functions are the inputs. */
function outputs(options: Partial<MaxoutOptions>, x: number[][]): tf.Tensor {
  const { mlp, layer } = build(options, x[0].length);
  layer.W!.setValue(tf.eye(x[0].length));
  const input = tf.tensor2d(x);
  return leaves(1, () => mlp.fprop(input) as tf.Tensor);
}

describe('models/maxout', () => {
  it('gives the largest of each run of pieces', () => {
    expectClose(outputs({}, [[1, 3, -2, -5]]), [3, -2]);
    expectClose(outputs({ minZero: true }, [[1, 3, -2, -5]]), [3, 0]);
    expectClose(outputs({ numUnits: 4, numPieces: 1 }, [[1, 3, -2, -5]]), [1, 3, -2, -5]);
  });

  it('lets pools overlap when the stride says so', () => {
    expectClose(outputs({ poolStride: 1 }, [[1, 3, -2, -5]]), [3, 3, -2]);
    assert.equal(build({ poolStride: 1 }).mlp.getOutputSpace().getTotalDimension(), 3);
    assert.throws(() => build({ numUnits: 3, poolStride: 3 }), /pool_stride that divides 4/);
  });

  it('draws the pools after the weights when they are random, and shows what was drawn', () => {
    const { layer } = build({ randomizePools: true });
    const rng = new RandomState([2013, 1, 4]);
    rng.uniform(0, 1, [2 * 16]);
    const drawn = [0, 1, 2, 3].map(() => rng.randint(4));
    assert.ok(new Set(drawn).size < 4, 'the seed should draw one twice');
    const x = [[10, 20, 30, 40]];
    const [a, b, c, d] = drawn.map((i) => x[0][i]);
    expectClose(outputs({ randomizePools: true }, x), [Math.max(a, b), Math.max(c, d)]);
    const own = layer.W!.arraySync();
    const shown = layer.getWeights();
    assert.deepEqual(shown.shape, [4, 4]);
    expectClose(
      shown.data as Float32Array,
      own.flatMap((row) => drawn.map((i) => row[i])),
    );
  });

  it('has the gradient that finite differences give, and is the same compiled', () => {
    const x = tf.tensor2d([
      [1, 2, -3, 0.5],
      [0.5, -1, 2, 1],
    ]);
    for (const options of [{}, { poolStride: 1 }, { minZero: true }, { randomizePools: true }]) {
      // A seed that draws no function twice into one pool: it would learn twice as fast.
      const { mlp } = build(options, 4, 3);
      const value = () => (mlp.fprop(x) as tf.Tensor).square().sum() as tf.Scalar;
      expectGradient(value, mlp.getParams());
      const fprop = makeFunction((input: tf.Tensor) => ({
        outputs: mlp.fprop(input) as tf.Tensor,
      }));
      expectClose(
        compiledCall(() => fprop(x)),
        mlp.fprop(x) as tf.Tensor,
        0,
      );
    }
  });

  it('has the channels of the original, with a point before the statistic over units', () => {
    const names = (numPieces: number) =>
      tf.tidy(() =>
        Object.keys(build({ numPieces }).mlp.getMonitoringChannels([tf.ones([2, 4]), null])),
      );
    assert.equal(names(2).length, 18);
    assert.ok(names(2).includes('h_p_max_x.mean_u') && names(2).includes('h_col_norms_max'));
    assert.ok(names(1).includes('h_max_x.mean_u'));
  });

  it('keeps norms within limits and masked weights at zero', () => {
    const mask = [
      [1, 1, 1, 0],
      [1, 1, 1, 1],
    ];
    const { mlp, layer } = build({ maskWeights: mask, maxColNorm: 5 }, 2);
    const next = tf.tensor2d([
      [6, 3, 0, 1],
      [8, 4, 0, 2],
    ]);
    const updates: Updates = new Map([[layer.W!, next]]);
    mlp.modifyUpdates(updates);
    expectClose(updates.get(layer.W!)!, [3, 3, 0, 0, 4, 4, 0, 2]);
    assert.throws(() => build({ maxRowNorm: 1, maxColNorm: 1 }), /received both/);
  });

  it('shows a row of pieces for each unit', () => {
    assert.deepEqual(build({ numUnits: 3, numPieces: 5 }).mlp.getWeightsViewShape(), [3, 5]);
    assert.equal(build({ numPieces: 1 }).mlp.getWeightsViewShape(), undefined);
    const layer = new Maxout(small);
    new MLP({ layers: [layer], inputSpace: new Conv2DSpace({ shape: [2, 1], numChannels: 3 }) });
    assert.deepEqual(layer.getWeightsTopo().shape, [4, 2, 1, 3]);
  });

  it('comes from YAML and back from its saved form, and cannot be the last layer', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP { nvis: 6, layers: [
      !obj:pylearn2.models.maxout.Maxout { layer_name: 'h0', irange: .5, num_units: 3,
        num_pieces: 4, randomize_pools: 1, max_col_norm: 1.9365, W_lr_scale: .5 } ] }`);
    const x = tf.randomNormal([2, 6]);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
    assert.throws(() => loaded.costFromX([x, x]), /Maxout `h0` cannot be the last layer/);
    assert.throws(
      () =>
        load('!obj:pylearn2.models.maxout.Maxout { layer_name: h, num_unit: 3, num_pieces: 2 }'),
      /no option `num_unit`. Did you mean `num_units`\?/,
    );
    assert.throws(
      () => build({ irange: null }),
      /exactly one of irange and sparse_init, received none/,
    );
  });
});
