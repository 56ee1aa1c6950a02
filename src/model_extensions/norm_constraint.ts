/** @file Limits on the norms of filters. Port of pylearn2/model_extensions/norm_constraint.py. */
import { z } from 'zod';
import { type SharedVariable, tf, type Updates } from '../engine';
import type { Model } from '../models';
import { StateError } from '../utils/errors';
import { optionConflict, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { ModelExtension } from './model_extension';

/** Keeps the division sane for filters that are all zeros. */
const EPSILON = 1e-7;

/** Which norms are limited, and how. */
export interface NormLimit {
  /** Axes over which a norm is taken: [0] for columns, [1] for rows, [1, 2, 3] for kernels. */
  axes: number[];
  min?: number;
  max: number | null;
}

/**
 * Scales weights so that their L2 norms over some axes lie between two limits.
 * @param weights - Read only.
 * @returns The same shape, owned by the caller.
 */
export function constrainNorms(weights: tf.Tensor, { axes, min = 0, max }: NormLimit): tf.Tensor {
  return tf.tidy(() => {
    const norms = weights.square().sum(axes, true).sqrt();
    const desired = max === null ? norms.maximum(min) : norms.clipByValue(min, max);
    return weights.mul(desired.div(norms.maximum(EPSILON)));
  });
}

/** Replaces the next value of the parameter that such extensions act on: the weights of a layer. */
function changeWeights(
  updates: Updates,
  model: Model,
  where: string,
  f: (value: tf.Tensor) => tf.Tensor,
): void {
  const { W } = model as Model & { W?: SharedVariable };
  if (!W) throw new StateError(`${where}: the model has no weights \`W\` to constrain.`);
  const next = updates.get(W);
  if (next) updates.set(W, f(next));
}

export interface ConstrainFilterL2NormOptions {
  /** Largest norm allowed; null for no limit. */
  limit: number | null;
  /** Smallest norm allowed; null for no limit. */
  minLimit?: number | null;
  /** Axes over which a norm is taken: 0 for columns, 1 for rows, [1, 2, 3] for kernels. */
  axis?: number | number[];
}

const l2Schema = optionsOf<ConstrainFilterL2NormOptions>()({
  limit: z.number().positive().nullable(),
  minLimit: z.number().nonnegative().nullable().default(0),
  axis: z.union([z.number().int(), z.array(z.number().int())]).default(0),
});

/** Keeps the L2 norm of each filter between two limits. */
export class ConstrainFilterL2Norm extends ModelExtension {
  static readonly schema = l2Schema;
  private readonly options: Parsed<typeof l2Schema>;

  constructor(options: ConstrainFilterL2NormOptions) {
    super();
    const where = 'model_extensions.norm_constraint.ConstrainFilterL2Norm';
    this.options = parseOptions(l2Schema, options, where);
    const { limit, minLimit } = this.options;
    if (limit !== null && limit < (minLimit ?? 0)) {
      throw optionConflict(where, `expected limit >= min_limit, received ${limit} < ${minLimit}`);
    }
  }

  getConfig(): object {
    return this.options;
  }

  override postModifyUpdates(updates: Updates, model: Model): void {
    const { limit: max, minLimit, axis } = this.options;
    const min = minLimit ?? 0;
    const axes = typeof axis === 'number' ? [axis] : axis;
    changeWeights(updates, model, 'ConstrainFilterL2Norm', (W) =>
      constrainNorms(W, { axes, min, max }),
    );
  }
}

export interface ConstrainFilterMaxNormOptions {
  /** Largest absolute value allowed. */
  limit: number;
  /** There is no smallest one, as in the original, which has the option but does not take it. */
  minLimit?: null;
}

const maxSchema = optionsOf<ConstrainFilterMaxNormOptions>()({
  limit: z.number().positive(),
  minLimit: z.null().default(null),
});

/** Keeps each weight between -limit and limit. */
export class ConstrainFilterMaxNorm extends ModelExtension {
  static readonly schema = maxSchema;
  private readonly options: Parsed<typeof maxSchema>;

  constructor(options: ConstrainFilterMaxNormOptions) {
    super();
    const where = 'model_extensions.norm_constraint.ConstrainFilterMaxNorm';
    this.options = parseOptions(maxSchema, options, where);
  }

  getConfig(): object {
    return this.options;
  }

  override postModifyUpdates(updates: Updates, model: Model): void {
    const { limit } = this.options;
    changeWeights(updates, model, 'ConstrainFilterMaxNorm', (W) => W.clipByValue(-limit, limit));
  }
}
