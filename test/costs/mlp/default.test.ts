import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { Default } from '../../../src/costs/mlp';
import { type Model } from '../../../src/models';
import { Linear, MLP } from '../../../src/models/mlp';
import { expectClose, leaves } from '../../support/expect';

function build(): MLP {
  return new MLP({ layers: [new Linear({ dim: 1, layerName: 'h', irange: 0.1 })], nvis: 2 });
}

describe('costs/mlp/default', () => {
  const data = [tf.tensor2d([[1, 2]]), tf.tensor2d([[3]])];

  it('is the cost of the model on inputs and targets', () => {
    const model = build();
    model.layers[0].getParams()[0].assign(tf.tensor2d([[1], [0]]));
    expectClose(
      leaves(1, () => new Default().expr(model, data)),
      4,
    );
    assert.equal(new Default().isStochastic(), false);
    const { source } = new Default().getDataSpecs(model);
    assert.deepEqual(source, ['features', 'targets']);
  });

  it('gives a gradient for every parameter, in a map of its own', () => {
    const model = build();
    model.layers[0].getParams()[0].assign(tf.tensor2d([[1], [0]]));
    const { cost, gradients, updates } = leaves(3, () => new Default().getGradients(model, data));
    expectClose(cost, 4);
    expectClose(gradients.get(model.getParams()[0])!, [-4, -8]);
    expectClose(gradients.get(model.getParams()[1])!, [-4]);
    assert.equal(updates.size, 0);
  });

  it('says so when the model has no cost of its own', () => {
    const model = { constructor: { name: 'Odd' } } as unknown as Model;
    assert.throws(() => new Default().expr(model, data), /costs.mlp.Default: Odd has no cost/);
  });
});
