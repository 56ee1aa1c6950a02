import assert from 'node:assert/strict';
import { Dropout } from '../../../src/costs/mlp/dropout';
import { MissingTargetCost } from '../../../src/costs/mlp/missing_target_cost';
import { tf } from '../../../src/engine';
import { Linear, MLP, RectifiedLinear, Softmax } from '../../../src/models/mlp';
import { compiling } from '../../support/compiled';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

/** y = x0 + x1, one Linear layer `h`. */
function build(): MLP {
  const layer = new Linear({ dim: 1, layerName: 'h', irange: 1 });
  const mlp = new MLP({ layers: [layer], nvis: 2 });
  layer.W!.setValue([[1], [1]]);
  return mlp;
}

const batch = [tf.tensor2d([[1, 10]]), tf.tensor2d([[0]])];
const costOf = (cost: Dropout, model: MLP, data = batch) =>
  tf.tidy(() => cost.expr(model, data).dataSync()[0]);

describe('costs/mlp/dropout', () => {
  it('is the cost of the output when inputs are dropped and the others doubled', () => {
    const model = build();
    const cost = new Dropout();
    const seen = new Set(Array.from({ length: 60 }, () => costOf(cost, model)));
    // Masks 00, 10, 01, 11.
    assert.deepEqual(
      [...seen].sort((a, b) => a - b),
      [0, 4, 400, 484],
    );
    assert.equal(cost.isStochastic(), true);
    assert.equal(cost.supervised, true);
    leaves(1, () => cost.expr(model, batch));
  });

  it('goes by the probability and scale of each layer’s input', () => {
    const none = [1, null].map((prob) => new Dropout({ inputIncludeProbs: { h: prob } }));
    for (const cost of none) expectClose(costOf(cost, build()), 121);
    expectClose(costOf(new Dropout({ defaultInputIncludeProb: null }), build()), 121);
    const scaled = new Dropout({ defaultInputIncludeProb: 0.999999, inputScales: { h: 3 } });
    expectClose(costOf(scaled, build()), 33 * 33);
  });

  it('drops for a whole batch when told so', () => {
    const cost = new Dropout({ perExample: false });
    const data = [tf.ones<tf.Rank.R2>([64, 2]), tf.zeros<tf.Rank.R2>([64, 1])];
    const model = build();
    for (let i = 0; i < 10; i++) assert.ok([0, 4, 16].includes(costOf(cost, model, data)));
  });

  it('draws other masks for the next evaluation, the same for the same seed', () => {
    const data = [tf.randomNormal([20, 2]), tf.zeros([20, 1])] as [tf.Tensor2D, tf.Tensor2D];
    const runs = [build(), build()].map((model) =>
      [1, 2, 3].map(() => costOf(new Dropout(), model, data)),
    );
    assert.deepEqual(runs[0], runs[1]);
    assert.equal(new Set(runs[0]).size, 3);
  });

  it('has a gradient at the mask that it drew', () => {
    const model = new MLP({
      layers: [
        new RectifiedLinear({ dim: 4, layerName: 'h', irange: 1, initBias: 1 }),
        new Softmax({ nClasses: 2, layerName: 'y', irange: 1 }),
      ],
      nvis: 3,
    });
    const data = [tf.tensor2d([[0.3, 0.2, 0.1]]), tf.tensor2d([[1, 0]])];
    const cost = new Dropout({ inputIncludeProbs: { h: 0.8 }, inputScales: { h: 1.25 } });
    cost.expr(model, data);
    const state = model.getState();
    // Compiled it would take the parameters as they were at first.
    const again = () => {
      model.setState({ ...state, params: model.getParamValues() } as never);
      return cost.expr(model, data);
    };
    const [W, b] = model.getParams();
    compiling(false, () => expectGradient(again, [W, b]));
  });

  it('refuses layers that there are not, and models that cannot drop', () => {
    assert.throws(
      () => new Dropout({ inputScales: { hh: 2 } }).expr(build(), batch),
      /there is no layer `hh`. Did you mean `h`\?/,
    );
    const model = { constructor: { name: 'Odd' } } as never;
    assert.throws(() => new Dropout().expr(model, batch), /Odd has no forward pass with dropout/);
    assert.throws(() => new Dropout({ defaultInputIncludeProb: 0 }), /expected number to be >0/i);
  });

  it('comes from YAML and back from its saved form', () => {
    const { copy } = roundTrip<Dropout>(`!obj:pylearn2.costs.mlp.dropout.Dropout {
      input_include_probs: { 'h': 1. }, input_scales: { 'h': 1. } }`);
    expectClose(costOf(copy, build()), 121);
    assert.throws(
      () => load(`!obj:pylearn2.costs.mlp.dropout.Dropout { input_include_prob: { 'h': 1. } }`),
      /no option `input_include_prob`. Did you mean `input_include_probs`\?/,
    );
  });
});

describe('costs/mlp/missing_target_cost', () => {
  const data = [
    tf.tensor2d([
      [1, 10],
      [2, 3],
    ]),
    tf.tensor2d([[-1], [1]]),
  ];

  it('leaves out what has the target -1', () => {
    const cost = new MissingTargetCost();
    const model = build();
    expectClose(
      leaves(1, () => cost.expr(model, data)),
      (0 + 16) / 2,
    );
    assert.equal(cost.isStochastic(), false);
    expectGradient(() => cost.expr(model, data), model.getParams());
  });

  it('drops inputs when given options of dropout, in either spelling', () => {
    for (const name of ['default_input_include_prob', 'defaultInputIncludeProb']) {
      const cost = new MissingTargetCost({ dropoutArgs: { [name]: null } });
      assert.equal(cost.isStochastic(), true);
      expectClose(cost.expr(build(), data), 8);
    }
    assert.throws(
      () => new MissingTargetCost({ dropoutArgs: { input_scale: {} } }),
      /no option `inputScale`. Did you mean `inputScales`\?/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { copy } = roundTrip<MissingTargetCost>(
      '!obj:pylearn2.costs.mlp.missing_target_cost.MissingTargetCost {}',
    );
    expectClose(copy.expr(build(), data), 8);
  });
});
