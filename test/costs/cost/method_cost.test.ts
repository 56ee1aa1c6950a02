import assert from 'node:assert/strict';
import { MethodCost } from '../../../src/costs';
import { tf } from '../../../src/engine';
import { Linear, MLP } from '../../../src/models/mlp';
import { type Batch, type DataSpecs, nullDataSpecs } from '../../../src/space';
import { expectClose, leaves } from '../../support/expect';
import { load, roundTrip } from '../../support/yaml';

class Own extends MLP {
  readonly roughDataSpecs = nullDataSpecs();
  rough(_data: Batch): tf.Scalar {
    return tf.scalar(7);
  }
  inputs(): DataSpecs {
    return { space: this.getInputSpace(), source: 'features' };
  }
}

function build(): Own {
  const model = new Own({
    layers: [new Linear({ dim: 1, layerName: 'h', irange: 1 })],
    nvis: 1,
  });
  model.layers[0].getParams()[0].assign(tf.tensor2d([[3]]));
  return model;
}

const batch = [tf.tensor2d([[2]]), tf.tensor2d([[1]])];

describe('costs/cost/method_cost', () => {
  it('calls the method of the model, in either spelling, on what its specs say', () => {
    const model = build();
    for (const method of ['cost_from_X', 'costFromX']) {
      const cost = new MethodCost({ method });
      expectClose(
        leaves(1, () => cost.expr(model, batch)),
        25,
      );
      assert.deepEqual(cost.getDataSpecs(build()).source, ['features', 'targets']);
    }
    assert.equal(new MethodCost({ method: 'cost_from_X' }).isStochastic(), undefined);
  });

  it('finds specs that are a property, or under another name', () => {
    expectClose(new MethodCost({ method: 'rough' }).expr(build(), null), 7);
    assert.equal(new MethodCost({ method: 'rough' }).getDataSpecs(build()).source, '');
    const cost = new MethodCost({ method: 'rough', dataSpecs: 'inputs' });
    assert.equal(cost.getDataSpecs(build()).source, 'features');
  });

  it('takes the word of older files for a model that says nothing of the batch', () => {
    class Plain extends MLP {
      plain(data: Batch): tf.Scalar {
        return (data as tf.Tensor).sum();
      }
    }
    const layers = [new Linear({ dim: 1, layerName: 'h', irange: 1 })];
    const model = new Plain({ layers, nvis: 1 });
    const source = (supervised: number) =>
      load<MethodCost>(
        `!obj:pylearn2.costs.cost.MethodCost { method: 'plain', supervised: ${supervised} }`,
      ).getDataSpecs(model).source;
    assert.deepEqual(source(1), ['features', 'targets']);
    assert.equal(source(0), 'features');
    assert.throws(() => new MethodCost({ method: 'plain' }).getDataSpecs(model), /plainDataSpecs/);
    const known = new MethodCost({ method: 'cost_from_X', supervised: false });
    assert.deepEqual(known.getDataSpecs(build()).source, ['features', 'targets']);
  });

  it('names the nearest method, and what is no method or no specification', () => {
    const model = build();
    assert.throws(
      () => new MethodCost({ method: 'cost_from_Y' }).expr(model, batch),
      /MethodCost: Own has no `costFromY`. Did you mean `costFromX`\?/,
    );
    assert.throws(
      () => new MethodCost({ method: 'cost_from_Y' }).getDataSpecs(model),
      /MethodCost: Own has no `costFromY`. Did you mean `costFromX`\?/,
    );
    assert.throws(
      () => new MethodCost({ method: 'layer_name' }).expr(model, batch),
      /expected Own.layerName to be a method, received ""/,
    );
    assert.throws(
      () => new MethodCost({ method: 'fprop' }).expr(model, batch[0]),
      /expected Own.fprop to be a scalar, received a Tensor/,
    );
    assert.throws(
      () => new MethodCost({ method: 'rough', dataSpecs: 'layers' }).getDataSpecs(model),
      /expected Own.layers to be data specifications/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { copy } = roundTrip<MethodCost>(
      `!obj:pylearn2.costs.cost.MethodCost { method: 'cost_from_X' }`,
    );
    expectClose(copy.expr(build(), batch), 25);
    assert.throws(
      () => load(`!obj:pylearn2.costs.cost.MethodCost { methd: 'cost_from_X' }`),
      /no option `methd`. Did you mean `method`\?/,
    );
  });
});
