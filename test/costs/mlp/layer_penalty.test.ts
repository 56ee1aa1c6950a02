import assert from 'node:assert/strict';
import { L1WeightDecay, WeightDecay } from '../../../src/costs/mlp';
import { tf } from '../../../src/engine';
import { Linear, MLP } from '../../../src/models/mlp';
import { NullSpace } from '../../../src/space';
import { expectClose, leaves } from '../../support/expect';
import { logged } from '../../support/log';
import { Doubler } from '../../support/doubler';
import { load, roundTrip } from '../../support/yaml';

/** Layers `h0` with weights [1, -2] and `h1` with weight 3. */
function build(): MLP {
  const layers = [
    new Linear({ dim: 1, layerName: 'h0', irange: 1, initBias: 7 }),
    new Linear({ dim: 1, layerName: 'h1', irange: 1 }),
  ];
  const mlp = new MLP({ layers, nvis: 2 });
  layers[0].W!.setValue([[1], [-2]]);
  layers[1].W!.setValue([[3]]);
  return mlp;
}

describe('costs/mlp/layer_penalty', () => {
  it('sums the squared or absolute weights by coefficient, without a half, biases apart', () => {
    const model = build();
    const squares = new WeightDecay({ coeffs: { h0: 0.1, h1: '10.' } });
    expectClose(
      leaves(1, () => squares.expr(model, null)),
      0.1 * 5 + 10 * 9,
    );
    expectClose(new WeightDecay({ coeffs: [0.1, 1] }).expr(model, null), 0.5 + 9);
    expectClose(new L1WeightDecay({ coeffs: { h0: 0.1 } }).expr(model, null), 0.3);
    assert.equal(squares.termName(model), 'weight_decay');
    assert.equal(squares.isStochastic(), false);
    assert.ok(squares.getDataSpecs(model).space instanceof NullSpace);
  });

  it('is zero, and called so, when no layer has a coefficient', () => {
    const none = new WeightDecay({ coeffs: {} });
    expectClose(none.expr(build(), null), 0);
    assert.equal(none.termName(build()), '0_weight_decay');
    assert.equal(new L1WeightDecay({ coeffs: {} }).termName(build()), '0_l1_penalty');
  });

  it('tolerates a layer without weights where the coefficient is 0', () => {
    const layers = [
      new Linear({ dim: 1, layerName: 'h', irange: 0 }),
      new Doubler({ layerName: 'twice' }),
    ];
    const model = new MLP({ layers, nvis: 2 });
    expectClose(new WeightDecay({ coeffs: [1, 0] }).expr(model, null), 0);
    for (const coeffs of [[0, 1], { twice: 1 }]) {
      assert.throws(
        () => new WeightDecay({ coeffs }).expr(model, null),
        /Doubler `twice` cannot decay its weights/,
      );
    }
    assert.throws(() => new L1WeightDecay({ coeffs: [1, 0] }).expr(model, null), /cannot decay/);
  });

  it('takes nested lists for an MLP that is a layer', () => {
    const inner = build().layers.map(
      ({ layerName }) => new Linear({ dim: 1, layerName, irange: 1 }),
    );
    const nested = new MLP({ layers: inner, layerName: 'inner' });
    const model = new MLP({ layers: [nested], nvis: 2 });
    inner[0].W!.setValue([[1], [-2]]);
    inner[1].W!.setValue([[3]]);
    expectClose(new WeightDecay({ coeffs: { inner: [1, 2] } }).expr(model, null), 5 + 18);
    expectClose(new WeightDecay({ coeffs: [[1, 2]] }).expr(model, null), 5 + 18);
  });

  it('wants one coefficient for each layer in a list, and warns of layers that there are not', async () => {
    assert.throws(
      () => new WeightDecay({ coeffs: [1] }).expr(build(), null),
      /costs.mlp.WeightDecay: expected 2 coefficients, one for each layer, received 1/,
    );
    const cost = new WeightDecay({ coeffs: { h0: 1, h3: 1 } });
    const model = build();
    const lines = await logged(() => {
      cost.expr(model, null);
      cost.expr(model, null);
    });
    assert.equal(lines.filter(({ text }) => text.includes('there is no layer `h3`')).length, 1);
  });

  it('comes from YAML and back from its saved form', () => {
    for (const [name, value] of [
      ['WeightDecay', 0.5 + 9],
      ['L1WeightDecay', 0.3 + 3],
    ] as const) {
      const { copy } = roundTrip<WeightDecay>(
        `!obj:pylearn2.costs.mlp.${name} { coeffs: { 'h0': .1, 'h1': 1. } }`,
      );
      expectClose(
        tf.tidy(() => copy.expr(build(), null)),
        value,
      );
    }
    assert.throws(
      () => load(`!obj:pylearn2.costs.mlp.WeightDecay { coeff: [ 1. ] }`),
      /costs.mlp.WeightDecay: no option `coeff`. Did you mean `coeffs`\?/,
    );
    assert.throws(
      () => load(`!obj:pylearn2.costs.mlp.WeightDecay { coeffs: { h0: often } }`),
      /option `coeffs`/,
    );
  });
});
