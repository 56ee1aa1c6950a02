import assert from 'node:assert/strict';
import { LpPenalty } from '../../../src/costs/cost';
import { sharedX } from '../../../src/engine';
import { Linear, MLP } from '../../../src/models/mlp';
import { NullSpace } from '../../../src/space';
import { compiledCall } from '../../support/compiled';
import { function as makeFunction } from '../../../src/engine';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';

const model = new MLP({ layers: [new Linear({ dim: 1, layerName: 'h', irange: 1 })], nvis: 2 });

describe('costs/cost/lp_penalty', () => {
  it('sums the powers of the sizes of all numbers', () => {
    const variables = [sharedX([1, -2]), sharedX(3)];
    const penalty = (p: number) => new LpPenalty({ variables, p });
    expectClose(
      leaves(1, () => penalty(1).expr(model, null)),
      6,
    );
    expectClose(penalty(2).expr(model, null), 14);
    expectClose(penalty(3).expr(model, null), 1 + 8 + 27);
    expectClose(penalty(0.5).expr(model, null), 1 + Math.SQRT2 + Math.sqrt(3));
    assert.ok(penalty(1).getDataSpecs(model).space instanceof NullSpace);
    assert.equal(penalty(1).isStochastic(), false);
  });

  it('has the gradient that finite differences give, and is the same compiled', () => {
    const variables = [sharedX([1, -2, 0.5])];
    for (const p of [1, 1.5, 2, 3]) {
      const cost = new LpPenalty({ variables, p });
      expectGradient(() => cost.expr(model, null), variables);
      const compiled = makeFunction(() => ({ outputs: cost.expr(model, null) }));
      expectClose(
        compiledCall(() => compiled()),
        cost.expr(model, null),
        0,
      );
    }
  });

  it('wants shared variables', () => {
    const wrong = { variables: [[1, 2]], p: 1 } as unknown as { variables: []; p: number };
    assert.throws(
      () => new LpPenalty(wrong),
      /LpPenalty: option `variables\[0\]`: expected a SharedVariable/,
    );
  });
});
