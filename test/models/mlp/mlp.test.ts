import assert from 'node:assert/strict';
import '../../../src';
import { tf } from '../../../src/engine';
import { Layer, Linear, MLP, Softmax } from '../../../src/models/mlp';
import { SoftmaxRegression } from '../../../src/models/softmax_regression';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { expectClose, leaves } from '../../support/expect';

const linear = (layerName: string, dim = 3) => new Linear({ dim, layerName, irange: 0.1 });
const softmax = (layerName = 'y') => new Softmax({ nClasses: 2, layerName, irange: 0.1 });

describe('models/mlp/mlp', () => {
  it('hands each layer the output space of the one below', () => {
    const mlp = new MLP({ layers: [linear('h0', 5), softmax()], nvis: 4 });
    assert.equal(mlp.layers[1].getInputSpace().getTotalDimension(), 5);
    assert.deepEqual(
      mlp.getParams().map(({ name }) => name),
      ['h0_W', 'h0_b', 'softmax_b', 'softmax_W'],
    );
  });

  it('draws the same weights for the same seed and others for another', () => {
    const weights = (seed?: number) =>
      new MLP({ layers: [linear('h'), softmax()], nvis: 4, seed }).getParamVector().data;
    assert.deepEqual(weights(), weights());
    assert.notDeepEqual(weights(), weights(1));
  });

  it('is a layer of another MLP when it has no input space, and draws from the outer stream', () => {
    const inner = new MLP({ layers: [linear('a'), linear('b')], layerName: 'inner' });
    const nested = new MLP({ layers: [inner, softmax()], nvis: 4 });
    const flat = new MLP({ layers: [linear('a'), linear('b'), softmax()], nvis: 4 });
    assert.deepEqual(nested.getParamVector().data, flat.getParamVector().data);
    const x = [tf.ones([2, 4]), tf.ones([2, 2])];
    const names = tf.tidy(() => Object.keys(nested.getMonitoringChannels(x)));
    assert.ok(names.includes('inner_b_col_norms_max') && names.includes('y_misclass'));
  });

  it('leaves out the parameters that are frozen', () => {
    const mlp = new MLP({ layers: [linear('h'), softmax()], nvis: 4 });
    mlp.freeze(mlp.layers[0].getParams());
    assert.deepEqual(
      mlp.getParams().map(({ name }) => name),
      ['softmax_b', 'softmax_W'],
    );
  });

  it('grows on top', () => {
    const mlp = new MLP({ layers: [linear('h')], nvis: 4 });
    mlp.addLayers([softmax()]);
    assert.equal(mlp.getOutputSpace().getTotalDimension(), 2);
    assert.throws(() => mlp.addLayers([softmax()]), /two layers are named `y`/);
  });

  it('says in its own words what is wrong with its options', () => {
    assert.throws(
      () => new MLP({ layers: [softmax(), softmax()], nvis: 4 }),
      /two layers are named `y`/,
    );
    assert.throws(
      () => new MLP({ layers: [{} as Layer], nvis: 4 }),
      /models.mlp.MLP: option `layers\[0\]`: expected a Layer, received \{\}/,
    );
    assert.throws(
      () => new MLP({ layers: [softmax()], nvi: 4 } as never),
      /no option `nvi`. Did you mean `nvis`\?/,
    );
    assert.throws(
      () => new MLP({ layers: [linear('h')] }).getInputSpace(),
      /has no input space yet: .* given neither nvis nor input_space/,
    );
    const used = softmax();
    new MLP({ layers: [used], nvis: 2 });
    assert.throws(() => new MLP({ layers: [used], nvis: 2 }), /already belongs to an MLP/);
    const mlp = new MLP({ layers: [linear('h')], nvis: 4 });
    assert.throws(
      () => mlp.fprop(tf.ones([1, 5])),
      /Linear `h` fprop: expected a batch of shape \[\*, 4\], received \[1, 5\]/,
    );
  });

  it('sums decay over its layers by coefficient', () => {
    const mlp = new MLP({ layers: [linear('h', 1), linear('o', 1)], nvis: 1 });
    mlp.setParamVector({ ...mlp.getParamVector(), data: Float32Array.from([2, 0, 3, 0]) } as never);
    expectClose(
      tf.tidy(() => mlp.getWeightDecay([1, 10])),
      4 + 90,
    );
    assert.throws(() => mlp.getWeightDecay([1]), /expected 2 decay coefficients, received 1/);
  });

  it('comes back from its saved form with its parameters, frozen ones and monitors', () => {
    const mlp = new MLP({
      layers: [new MLP({ layers: [linear('a')], layerName: 'inner' }), softmax()],
      nvis: 4,
    });
    mlp.freeze(mlp.layers[0].getParams());
    mlp.layers[0].getParams()[0].assign(tf.ones([4, 3]));
    mlp.tag.MonitorBasedSaveBest = { best_cost: 0.5 };
    const copy = cloneViaSerialize(mlp) as MLP;
    assert.ok(copy instanceof MLP);
    assert.deepEqual(
      copy.getParams().map(({ name }) => name),
      mlp.getParams().map(({ name }) => name),
    );
    assert.deepEqual(copy.tag, mlp.tag);
    const x = tf.randomNormal([5, 4]);
    expectClose(copy.fprop(x) as tf.Tensor, mlp.fprop(x) as tf.Tensor, 0);
  });

  it('leaves nothing behind after dispose', () => {
    const mlp = leaves(4, () => new MLP({ layers: [linear('h'), softmax()], nvis: 4 }));
    leaves(1, () => tf.tidy(() => mlp.costFromX([tf.ones([2, 4]), tf.ones([2, 2])])));
    leaves(0, () => mlp.enforceConstraints());
    leaves(-4, () => mlp.dispose());
  });

  it('reads a class that a user wrote with a forward pass alone', () => {
    class Twice extends Layer {
      private space?: Parameters<Layer['setInputSpace']>[0];
      override setInputSpace(space: Parameters<Layer['setInputSpace']>[0]) {
        this.space = space;
      }
      override getInputSpace() {
        return this.space!;
      }
      override getOutputSpace() {
        return this.space!;
      }
      override getParams() {
        return [];
      }
      override fprop(x: tf.Tensor2D) {
        return x.mul<tf.Tensor2D>(2);
      }
    }
    const mlp = new MLP({ layers: [new Twice({ layerName: 't' }), linear('o', 1)], nvis: 1 });
    mlp.layers[1].getParams()[0].assign(tf.tensor2d([[3]]));
    expectClose(mlp.fprop(tf.tensor2d([[5]])) as tf.Tensor, 30);
  });
});

describe('models/softmax_regression', () => {
  it('is an MLP of one Softmax named y', () => {
    const model = new SoftmaxRegression({ nClasses: 10, irange: 0, nvis: 784 });
    assert.deepEqual(
      model.layers.map(({ layerName }) => layerName),
      ['y'],
    );
    const copy = cloneViaSerialize(model) as SoftmaxRegression;
    assert.ok(copy instanceof SoftmaxRegression);
  });

  it('names options as its own', () => {
    const options = { nClasses: 10, irange: 0, nvis: 784, layerName: 'z' };
    assert.throws(
      () => new SoftmaxRegression(options as never),
      /softmax_regression.SoftmaxRegression: no option `layerName`/,
    );
  });
});
