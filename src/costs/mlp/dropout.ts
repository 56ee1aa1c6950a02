/**
 * @file Training with dropout. Port of pylearn2/costs/mlp/dropout.py. Differs: the model draws
 * masks anew at each evaluation, from a stream that is saved with it.
 */
import { z } from 'zod';
import { type tf, tidyOutermost } from '../../engine';
import type { Model } from '../../models';
import type { DropoutOptions as ForwardOptions, MLP } from '../../models/mlp';
import type { Batch } from '../../space';
import { StateError } from '../../utils/errors';
import {
  flag,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { Cost } from '../cost';

export interface DropoutOptions {
  /** Probability that an input of a layer stays; 1 or null for no dropout. */
  defaultInputIncludeProb?: number | null;
  /** The same, by the name of the layer whose input it is. */
  inputIncludeProbs?: Record<string, number | null> | null;
  /** Factor on the inputs that stay, where inputs are dropped. */
  defaultInputScale?: number;
  /** The same, by the name of the layer. */
  inputScales?: Record<string, number> | null;
  /** Whether each example has a mask of its own, or a batch one for all. */
  perExample?: boolean;
}

const probability = z.number().gt(0).max(1).nullable();

/** The schema of what a pass with dropout takes. */
export const dropoutSchema = optionsOf<DropoutOptions>()({
  defaultInputIncludeProb: probability.default(0.5),
  inputIncludeProbs: z.record(z.string(), probability).nullable().default(null),
  defaultInputScale: z.number().default(2),
  inputScales: z.record(z.string(), z.number()).nullable().default(null),
  perExample: flag().default(true),
});

/** What the forward pass of the model takes, from such options. */
export function forwardOptions(options: Parsed<typeof dropoutSchema>): ForwardOptions {
  const probs = Object.entries(options.inputIncludeProbs ?? {});
  return {
    ...options,
    defaultInputIncludeProb: options.defaultInputIncludeProb ?? 1,
    inputIncludeProbs: Object.fromEntries(probs.map(([name, prob]) => [name, prob ?? 1])),
    inputScales: options.inputScales ?? {},
  };
}

const WHERE = 'costs.mlp.dropout.Dropout';

/**
 * The model's own cost when inputs of its layers are dropped at random and those that stay are
 * scaled up. Nothing is rescaled at test time. What is monitored as `objective` has the noise too.
 * @see Hinton et al. 2012, arXiv:1207.0580; they scale at test time instead.
 */
export class Dropout extends Cost {
  static readonly schema: OptionsSchema<DropoutOptions> = dropoutSchema;
  override readonly supervised = true;
  private readonly options: Parsed<typeof dropoutSchema>;

  constructor(options: DropoutOptions = {}) {
    super();
    this.options = parseOptions(dropoutSchema, options, WHERE);
  }

  /** @throws NameError when the options name a layer that the model has not. */
  override expr(model: Model, data: Batch): tf.Scalar {
    const mlp = model as MLP;
    if (typeof (mlp as Partial<MLP>).dropoutFprop !== 'function') {
      throw new StateError(`${WHERE}: ${model.constructor.name} has no forward pass with dropout.`);
    }
    const [X, Y] = data as [Batch, Batch];
    return tidyOutermost(() => mlp.cost(Y, mlp.dropoutFprop(X, forwardOptions(this.options))));
  }

  override isStochastic(): boolean {
    return true;
  }

  getConfig(): object {
    return this.options;
  }
}
