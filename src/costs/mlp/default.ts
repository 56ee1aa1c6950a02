/** @file The cost that a model's last layer says. Port of pylearn2/costs/mlp/__init__.py (`Default`). */
import type { tf } from '../../engine';
import type { Model } from '../../models';
import type { Batch } from '../../space';
import { StateError } from '../../utils/errors';
import { optionsOf, parseOptions } from '../../utils/options';
import { Cost } from '../cost';

const schema = optionsOf<object>()({});

/** A model that tells its own cost, as an MLP does by its last layer. */
interface CostedModel extends Model {
  costFromX(data: Batch): tf.Scalar;
}

/** The model's own cost of its outputs against the targets. */
export class Default extends Cost {
  static readonly schema = schema;
  override readonly supervised = true;

  constructor(options: object = {}) {
    super();
    parseOptions(schema, options, 'costs.mlp.Default');
  }

  override expr(model: Model, data: Batch): tf.Scalar {
    if (typeof (model as Partial<CostedModel>).costFromX !== 'function') {
      throw new StateError(`costs.mlp.Default: ${model.constructor.name} has no cost of its own.`);
    }
    return (model as CostedModel).costFromX(data);
  }

  override isStochastic(): boolean {
    return false;
  }

  getConfig(): object {
    return {};
  }
}
