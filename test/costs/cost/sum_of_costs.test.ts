import assert from 'node:assert/strict';
import { Cost, SumOfCosts, type CostGradients } from '../../../src/costs';
import { Default, L1WeightDecay, WeightDecay } from '../../../src/costs/mlp';
import { Dropout } from '../../../src/costs/mlp/dropout';
import { DenseDesignMatrix } from '../../../src/datasets';
import { sharedX, tf } from '../../../src/engine';
import type { Model } from '../../../src/models';
import { Linear, MLP } from '../../../src/models/mlp';
import { getMonitor } from '../../../src/monitor';
import { DataSpecsMapping, type DataSpecs, nullDataSpecs } from '../../../src/space';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { load, roundTrip } from '../../support/yaml';

/** y = w x with w = 3. */
function build(): MLP {
  const layer = new Linear({ dim: 1, layerName: 'h', irange: 1 });
  const mlp = new MLP({ layers: [layer], nvis: 1 });
  layer.W!.setValue([[3]]);
  return mlp;
}

const batch = [tf.tensor2d([[2]]), tf.tensor2d([[1]])];
const decay = (coeff: number) => new WeightDecay({ coeffs: { h: coeff } });

/** A cost without an expression. */
class Intractable extends Cost {
  override expr(): null {
    return null;
  }
  override getDataSpecs(): DataSpecs {
    return nullDataSpecs();
  }
}

/** A cost of 1 that updates a counter. */
class Counting extends Cost {
  constructor(readonly counter = sharedX(0, 'counter')) {
    super();
  }
  override expr(): tf.Scalar {
    return tf.scalar(1);
  }
  override getDataSpecs(): DataSpecs {
    return nullDataSpecs();
  }
  override getGradients(model: Model): CostGradients {
    const gradients = new Map(model.getParams().map((param) => [param, tf.onesLike(param)]));
    return { cost: tf.scalar(1), gradients, updates: new Map([[this.counter, tf.scalar(5)]]) };
  }
}

describe('costs/cost/sum_of_costs', () => {
  it('sums its terms times their coefficients', () => {
    const model = build();
    const cost = new SumOfCosts({ costs: [new Default(), [0.5, decay(0.1)]] });
    expectClose(leaves(1, () => cost.expr(model, [batch, null])) as tf.Tensor, 25 + 0.5 * 0.9);
    assert.equal(cost.supervised, true);
  });

  it('asks for the data of each term, for those in common once', () => {
    const cost = new SumOfCosts({ costs: [new Default(), decay(1), new Default()] });
    const mapping = new DataSpecsMapping(cost.getDataSpecs(build()));
    assert.deepEqual(mapping.flat.sources, ['features', 'targets']);
    assert.deepEqual(mapping.nest(batch), [batch, null, batch]);
  });

  it('has the channels of its terms and their values without coefficients, by name', () => {
    const cost = new SumOfCosts({
      costs: [new Default(), [0.5, decay(0.1)], new L1WeightDecay({ coeffs: {} })],
    });
    const channels = cost.getMonitoringChannels(build(), [batch, null, null]);
    assert.deepEqual(Object.keys(channels), [
      'term_0',
      'term_1_weight_decay',
      'term_2_0_l1_penalty',
    ]);
    expectClose(channels.term_0, 25);
    expectClose(channels.term_1_weight_decay, 0.9);
  });

  it('is what its terms add up to in a monitor, though they draw', async () => {
    const layers = [
      new Linear({ dim: 50, layerName: 'h', irange: 1 }),
      new Linear({ dim: 1, layerName: 'y', irange: 1 }),
    ];
    const model = new MLP({ layers, nvis: 3 });
    const costs = [new Dropout(), [0.5, new Dropout()], decay(0.1)] as const;
    const monitor = getMonitor(model);
    monitor.quiet = true;
    const dataset = new DenseDesignMatrix({ X: tf.ones([40, 3]), y: tf.ones([40, 1]) });
    monitor.setup({ dataset, cost: new SumOfCosts({ costs: [...costs] }), batchSize: 10 });
    for (let epoch = 0; epoch < 2; epoch++) await monitor.monitor();
    const [objective, first, second, third] = [
      'objective',
      'term_0',
      'term_1',
      'term_2_weight_decay',
    ].map((name) => monitor.channels.get(name).valRecord);
    expectClose(
      objective,
      first.map((value, i) => value + 0.5 * second[i] + third[i]),
    );
    const values = [...first, ...second];
    assert.equal(
      new Set(values).size,
      values.length,
      'each term and each epoch has noise of its own',
    );
  });

  it('sums gradients, each in its cost’s own way, and joins updates', () => {
    const model = build();
    const counting = new Counting();
    const cost = new SumOfCosts({ costs: [new Default(), [2, counting]] });
    const result = leaves(4, () => cost.getGradients(model, [batch, null]));
    const [W, b] = model.getParams();
    expectClose(result.cost, 25 + 2);
    expectClose(result.gradients.get(W)!, 2 * 5 * 2 + 2);
    expectClose(result.gradients.get(b)!, 2 * 5 + 2);
    expectClose(result.updates.get(counting.counter)!, 5);
    const clash = new SumOfCosts({ costs: [counting, counting] });
    assert.throws(() => clash.getGradients(model, [null, null]), /two costs update counter/);
  });

  it('has the gradient that finite differences give', () => {
    const cost = new SumOfCosts({ costs: [[0.3, new Default()], decay(0.7)] });
    const model = build();
    expectGradient(() => cost.expr(model, [batch, null])!, model.getParams());
    const { gradients } = cost.getGradients(model, [batch, null]);
    expectClose(gradients.get(model.getParams()[0])!, 0.3 * 20 + 0.7 * 6);
  });

  it('is not tractable when a term is not', () => {
    const model = build();
    const cost = new SumOfCosts({ costs: [decay(1), new Intractable()] });
    assert.equal(
      leaves(0, () => cost.expr(model, [null, null])),
      null,
    );
  });

  it('says that it does not draw only when no term does', () => {
    assert.equal(new SumOfCosts({ costs: [new Default(), decay(1)] }).isStochastic(), false);
    assert.equal(new SumOfCosts({ costs: [new Dropout(), decay(1)] }).isStochastic(), undefined);
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<SumOfCosts>(`!obj:pylearn2.costs.cost.SumOfCosts { costs: [
      !obj:pylearn2.costs.cost.MethodCost { method: 'cost_from_X' },
      [ .5, !obj:pylearn2.costs.mlp.WeightDecay { coeffs: { h: .1 } } ] ] }`);
    assert.deepEqual(loaded.coeffs, [1, 0.5]);
    expectClose(copy.expr(build(), [batch, null])!, 25.45);
  });

  it('names what is wrong with its options', () => {
    assert.throws(
      () => load('!obj:pylearn2.costs.cost.SumOfCosts { cost: [] }'),
      /no option `cost`. Did you mean `costs`\?/,
    );
    assert.throws(
      () => new SumOfCosts({ costs: [[decay(1), 0.5] as never] }),
      /SumOfCosts: option `costs\[0\]`: expected a Cost or a list \[coefficient, Cost\]/,
    );
  });
});
