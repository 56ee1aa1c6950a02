/** @file Several costs as one. Port of pylearn2/costs/cost.py (`SumOfCosts`). */
import { z } from 'zod';
import { type SharedVariable, tf, tidyOutermost, type Updates } from '../../engine';
import type { Channels, Model } from '../../models';
import { type Batch, combineDataSpecs, type DataSpecs } from '../../space';
import { StateError } from '../../utils/errors';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Cost, type CostGradients } from './cost';

/** A cost, or a coefficient and a cost. */
export type Term = Cost | readonly [coefficient: number, cost: Cost];

export interface SumOfCostsOptions {
  /** The terms: costs, which count once, or pairs `[coefficient, cost]`. */
  costs: readonly Term[];
}

const schema = optionsOf<SumOfCostsOptions>()({
  costs: z
    .array(
      z.union([instanceOf(Cost), z.tuple([z.number(), instanceOf(Cost)])], {
        error: 'expected a Cost or a list [coefficient, Cost]',
      }),
    )
    .min(1)
    .readonly(),
});

const WHERE = 'costs.cost.SumOfCosts';

/**
 * The sum of costs times their coefficients. Channels: those of each cost, and `term_{i}`, with
 * the name of the expression where it has one, for its value without the coefficient.
 */
export class SumOfCosts extends Cost {
  static readonly schema = schema;
  override readonly supervised: boolean;
  /** The costs, in order. */
  readonly costs: readonly Cost[];
  /** Their coefficients. */
  readonly coeffs: readonly number[];
  private readonly options: Parsed<typeof schema>;

  constructor(options: SumOfCostsOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const pairs = this.options.costs.map((term) =>
      term instanceof Cost ? ([1, term] as const) : term,
    );
    this.coeffs = pairs.map(([coeff]) => coeff);
    this.costs = pairs.map(([, cost]) => cost);
    this.supervised = this.costs.some(({ supervised }) => supervised);
  }

  override expr(model: Model, data: Batch): tf.Scalar | null {
    const [sum] = tidyOutermost(() => {
      const values = this.costs.map((cost, i) => cost.expr(model, part(data, i)));
      return values.includes(null) ? [] : [this.weigh(values as tf.Scalar[])];
    });
    return sum ?? null;
  }

  private weigh(values: readonly tf.Scalar[]): tf.Scalar {
    const terms = values.map((value, i) => times(value, this.coeffs[i]));
    return terms.reduce((sum, term) => sum.add(term));
  }

  /** Known only when no cost draws; a sum with one that does may still be searched along lines. */
  override isStochastic(): boolean | undefined {
    return this.costs.every((cost) => cost.isStochastic() === false) ? false : undefined;
  }

  /** Each cost is differentiated in its own way; the gradients are summed. */
  override getGradients(model: Model, data: Batch): CostGradients {
    const variables: { params: SharedVariable[]; updated: SharedVariable[] } = {
      params: [],
      updated: [],
    };
    // A tidy keeps the tensors in lists, not those in maps.
    const { cost, sums, nexts } = tf.tidy(() => {
      const parts = this.costs.map((one, i) => one.getGradients(model, part(data, i)));
      const [gradients, updates] = [this.sumGradients(parts), mergeUpdates(parts)];
      variables.params = [...gradients.keys()];
      variables.updated = [...updates.keys()];
      const value = this.weigh(parts.map((one) => one.cost));
      return { cost: value, sums: [...gradients.values()], nexts: [...updates.values()] };
    });
    return {
      cost,
      gradients: new Map(variables.params.map((param, i) => [param, sums[i]])),
      updates: new Map(variables.updated.map((variable, i) => [variable, nexts[i]])),
    };
  }

  private sumGradients(parts: readonly CostGradients[]): Updates {
    const sums: Updates = new Map();
    parts.forEach(({ gradients }, i) => {
      for (const [param, gradient] of gradients) {
        const term = times(gradient, this.coeffs[i]);
        const sum = sums.get(param);
        sums.set(param, sum ? sum.add(term) : term);
      }
    });
    return sums;
  }

  override getMonitoringChannels(model: Model, data: Batch): Channels {
    const channels: Channels = {};
    // All first, as in the sum, so that both draw alike.
    const values = this.costs.map((cost, i) => cost.expr(model, part(data, i)));
    this.costs.forEach((cost, i) => {
      Object.assign(channels, cost.getMonitoringChannels(model, part(data, i)));
      const value = values[i];
      const name = cost.termName(model);
      if (value) channels[`term_${i}${name === undefined ? '' : `_${name}`}`] = value;
    });
    return channels;
  }

  override getDataSpecs(model: Model): DataSpecs {
    return combineDataSpecs(...this.costs.map((cost) => cost.getDataSpecs(model)));
  }

  getConfig(): object {
    return this.options;
  }
}

function part(data: Batch, index: number): Batch {
  return (data as Batch[])[index];
}

function times<T extends tf.Tensor>(value: T, coeff: number): T {
  return coeff === 1 ? value : value.mul(coeff);
}

function mergeUpdates(parts: readonly CostGradients[]): Updates {
  const merged: Updates = new Map();
  for (const { updates } of parts) {
    for (const [variable, next] of updates) {
      if (merged.has(variable)) {
        throw new StateError(`${WHERE}: two costs update ${variable.name}.`);
      }
      merged.set(variable, next);
    }
  }
  return merged;
}
