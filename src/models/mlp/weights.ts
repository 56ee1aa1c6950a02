/**
 * @file Weight matrices that layers share: how they start, and what is monitored of them.
 * Port of what pylearn2/models/mlp.py repeats in its layers.
 */
import type { tf } from '../../engine';
import { snakeCase } from '../../utils/case';
import { NdArray } from '../../utils/nd_array';
import { OptionError, optionConflict } from '../../utils/options';
import type { RandomState } from '../../utils/rng';
import type { Channels } from '../model';

/** How a weight matrix starts; exactly one of the first three is given. */
export interface WeightScheme {
  /** Uniform between -irange and irange. */
  irange: number | null;
  /** Normal with this standard deviation. */
  istdev?: number | null;
  /** So many inputs of each unit get a normal weight, the others zero. */
  sparseInit: number | null;
  /** Standard deviation of sparse weights. */
  sparseStdev?: number;
  /** Probability that a weight of the uniform scheme is not zero. Undefined: no draw is made for it. */
  includeProb?: number;
}

type Size = readonly [inputs: number, units: number];

const schemes = ['irange', 'istdev', 'sparseInit'] as const;

/** The scheme that is given; undefined is one that the layer does not know. */
function schemeOf(scheme: WeightScheme, where: string): (typeof schemes)[number] {
  const known = schemes.filter((key) => scheme[key] !== undefined);
  const given = known.filter((key) => scheme[key] !== null);
  if (given.length === 1) return given[0];
  const expected = known
    .map(snakeCase)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  const received = given.length === 0 ? 'none' : given.map(snakeCase).join(' and ');
  throw optionConflict(where, `expected exactly one of ${expected}, received ${received}`);
}

function uniformWeights(rng: RandomState, scheme: WeightScheme, size: Size): Float64Array {
  const irange = scheme.irange as number;
  const weights = rng.uniform(-irange, irange, size);
  const { includeProb } = scheme;
  if (includeProb === undefined) return weights;
  // Drawn even when all are included: the original's stream does so.
  const lots = rng.uniform(0, 1, size);
  return weights.map((weight, i) => (lots[i] < includeProb ? weight : 0));
}

function sparseWeights(
  rng: RandomState,
  { sparseInit, sparseStdev = 1 }: WeightScheme,
  [inputs, units]: Size,
  allowed: (input: number, unit: number) => boolean,
): Float64Array {
  const weights = new Float64Array(inputs * units);
  for (let unit = 0; unit < units; unit++) {
    for (let count = 0; count < (sparseInit as number); count++) {
      let input = rng.randint(0, inputs);
      while (weights[input * units + unit] !== 0 || !allowed(input, unit)) {
        input = rng.randint(0, inputs);
      }
      weights[input * units + unit] = rng.randn();
    }
  }
  return weights.map((weight) => weight * sparseStdev);
}

function expectRoom(where: string, scheme: WeightScheme, inputs: number): void {
  if ((scheme.sparseInit as number) <= inputs) return;
  const detail = `expected at most the ${inputs} inputs, received ${scheme.sparseInit}`;
  const issue = { option: 'sparseInit', path: '', problem: 'invalid', detail } as const;
  throw new OptionError(where, [issue], ['sparseInit']);
}

/**
 * Draws initial weights in the order in which the original draws them.
 * @param where - Starts error messages.
 * @param allowed - Which weights the sparse scheme may set.
 * @returns [inputs, units] float64.
 * @throws {@link OptionError} unless exactly one scheme is given.
 */
export function initialWeights(
  rng: RandomState,
  scheme: WeightScheme,
  size: Size,
  where: string,
  allowed: (input: number, unit: number) => boolean = () => true,
): NdArray {
  switch (schemeOf(scheme, where)) {
    case 'irange':
      return new NdArray(uniformWeights(rng, scheme, size), size);
    case 'istdev':
      return new NdArray(rng.normal(0, scheme.istdev as number, size), size);
    case 'sparseInit':
      expectRoom(where, scheme, size[0]);
      return new NdArray(sparseWeights(rng, scheme, size, allowed), size);
  }
}

/** Smallest, mean and largest norm of the rows (input units) and columns (units) of a matrix. */
export function normChannels(W: tf.Tensor2D): Channels {
  const squares = W.square();
  const [rows, columns] = [squares.sum(1).sqrt(), squares.sum(0).sqrt()];
  return {
    row_norms_min: rows.min(),
    row_norms_mean: rows.mean(),
    row_norms_max: rows.max(),
    col_norms_min: columns.min(),
    col_norms_mean: columns.mean(),
    col_norms_max: columns.max(),
  };
}

/**
 * Statistics of a layer's activations: `max_x_mean_u` is the mean over units of the largest
 * activation over the examples.
 * @param state - [batch, ...]: a unit is a place in the other axes.
 * @param point - Stands before the statistic over units; the original writes it in two ways.
 */
export function activationChannels(state: tf.Tensor, point: '_' | '.' = '_'): Channels {
  const [max, min, mean] = [state.max(0), state.min(0), state.mean(0)];
  const overExamples = { range: max.sub(min), max, mean, min };
  const channels: Channels = {};
  for (const [name, values] of Object.entries(overExamples)) {
    channels[`${name}_x${point}max_u`] = values.max();
    channels[`${name}_x${point}mean_u`] = values.mean();
    channels[`${name}_x${point}min_u`] = values.min();
  }
  return channels;
}

/** The same channels under longer names. */
export function prefixed(prefix: string, channels: Channels): Channels {
  const entries = Object.entries(channels);
  return Object.fromEntries(entries.map(([name, value]) => [`${prefix}${name}`, value]));
}
