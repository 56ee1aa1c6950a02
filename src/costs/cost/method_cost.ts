/** @file A cost that is a method of the model. Port of pylearn2/costs/cost.py (`MethodCost`). */
import { z } from 'zod';
import { tf } from '../../engine';
import type { Model } from '../../models';
import type { Batch, DataSpecs } from '../../space';
import { camelCase } from '../../utils/case';
import { NameError, show, StateError } from '../../utils/errors';
import { didYouMean } from '../../utils/match';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from './cost';

export interface MethodCostOptions {
  /** The model's method: `costFromX`, or in Pylearn2's spelling `cost_from_X`. It takes the batch. */
  method: string;
  /** Method or property with what the batch is; `{method}DataSpecs` unless given. */
  dataSpecs?: string | null;
  /**
   * Where the model says nothing of the batch: whether it is inputs and targets, or inputs alone.
   * Older files of Pylearn2 say so; null to want the model's word.
   */
  supervised?: boolean | null;
}

const schema = optionsOf<MethodCostOptions>()({
  method: z.string(),
  dataSpecs: z.string().nullable().default(null),
  supervised: flag().nullable().default(null),
});

const WHERE = 'costs.cost.MethodCost';
/** Ends the name of what says on which data a method works. */
const SPECS = 'DataSpecs';
type Member = (this: Model, ...args: unknown[]) => unknown;

/** What the model's method says of the batch. */
export class MethodCost extends Cost {
  static readonly schema = schema;
  override readonly supervised: boolean;
  private readonly options: Parsed<typeof schema>;

  constructor(options: MethodCostOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    this.supervised = this.options.supervised ?? false;
  }

  override expr(model: Model, data: Batch): tf.Scalar {
    const method = member(model, this.options.method);
    if (typeof method === 'function') {
      const value = (method as Member).call(model, data);
      if (value instanceof tf.Tensor && value.rank === 0) return value as tf.Scalar;
      throw this.misfit(model, this.options.method, 'a scalar', value);
    }
    throw this.misfit(model, this.options.method, 'a method', method);
  }

  override getDataSpecs(model: Model): DataSpecs {
    const { method, dataSpecs, supervised } = this.options;
    if (dataSpecs === null) member(model, method);
    const name = dataSpecs ?? `${method}_data_specs`;
    if (supervised !== null && !(camelCase(name) in model)) return super.getDataSpecs(model);
    const found = member(model, name);
    const specs = typeof found === 'function' ? (found as Member).call(model) : found;
    if (typeof specs === 'object' && specs !== null && 'space' in specs && 'source' in specs) {
      return specs as DataSpecs;
    }
    throw this.misfit(model, name, 'data specifications', specs);
  }

  private misfit(model: Model, name: string, expected: string, received: unknown): StateError {
    const place = `${model.constructor.name}.${camelCase(name)}`;
    return new StateError(
      `${WHERE}: expected ${place} to be ${expected}, received ${show(received)}.`,
    );
  }

  getConfig(): object {
    return this.options;
  }
}

/** The member of the model with this name in either spelling. */
function member(model: Model, name: string): unknown {
  const own = camelCase(name);
  if (own in model) return (model as unknown as Record<string, unknown>)[own];
  const hint = didYouMean(own, costlike(model, own.endsWith(SPECS)));
  throw new NameError(`${WHERE}: ${model.constructor.name} has no \`${own}\`.${hint}`);
}

/** The methods for which there are specifications, or the names of these. */
function costlike(model: Model, specs: boolean): string[] {
  const names = new Set<string>();
  for (let at: object | null = model; at; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  const withSpecs = [...names].filter((name) => `${name}${SPECS}` in model);
  return specs ? withSpecs.map((name) => `${name}${SPECS}`) : withSpecs;
}
