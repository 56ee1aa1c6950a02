/** @file Targets that are partly unknown. Port of pylearn2/costs/mlp/missing_target_cost.py. */
import { z } from 'zod';
import { type tf, tidyOutermost } from '../../engine';
import type { Model } from '../../models';
import { MLP } from '../../models/mlp';
import { type Batch, combineDataSpecs, type DataSpecs } from '../../space';
import { camelCase } from '../../utils/case';
import { StateError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from '../cost';
import { type DropoutOptions, dropoutSchema, forwardOptions } from './dropout';

export interface MissingTargetCostOptions {
  /** Options of Dropout, in either spelling, to train with dropout. */
  dropoutArgs?: Record<string, unknown> | null;
}

const schema = optionsOf<MissingTargetCostOptions>()({
  dropoutArgs: z.record(z.string(), z.unknown()).nullable().default(null),
});

const WHERE = 'costs.mlp.missing_target_cost.MissingTargetCost';

/** The cost of an MLP's last layer, without the elements whose target is -1. */
export class MissingTargetCost extends Cost<MLP> {
  static readonly schema = schema;
  override readonly supervised = true;
  private readonly options: Parsed<typeof schema>;
  private readonly dropout: Parsed<typeof dropoutSchema> | null;

  constructor(options: MissingTargetCostOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const entries = Object.entries(this.options.dropoutArgs ?? {});
    const args = Object.fromEntries(entries.map(([name, value]) => [camelCase(name), value]));
    this.dropout =
      entries.length === 0
        ? null
        : parseOptions(dropoutSchema, args as DropoutOptions, `${WHERE} dropoutArgs`);
  }

  override expr(model: MLP, data: Batch): tf.Scalar {
    const [X, Y] = data as [Batch, tf.Tensor];
    return tidyOutermost(() => {
      const Yhat = this.dropout
        ? model.dropoutFprop(X, forwardOptions(this.dropout))
        : model.fprop(X);
      const known = Y.notEqual(-1).cast('float32');
      return model.costFromCostMatrix(model.costMatrix(Y, Yhat).mul(known));
    });
  }

  override isStochastic(): boolean {
    return this.dropout !== null;
  }

  /** Targets as the model's outputs are laid out: labels could not be missing. */
  override getDataSpecs(model: Model): DataSpecs {
    if (!(model instanceof MLP)) {
      throw new StateError(`${WHERE}: expected an MLP, received a ${model.constructor.name}.`);
    }
    return combineDataSpecs(
      { space: model.getInputSpace(), source: model.getInputSource() },
      { space: model.getOutputSpace(), source: model.getTargetSource() },
    );
  }

  getConfig(): object {
    return this.options;
  }
}
