/** @file What every cost is. Port of pylearn2/costs/cost.py (`Cost`). */
import { grad, type tf, type Updates } from '../../engine';
import type { Channels, Model } from '../../models';
import { type Batch, combineDataSpecs, type DataSpecs } from '../../space';

/** The value of a cost on a batch, its gradients, and what else the step has to update. */
export interface CostGradients {
  cost: tf.Scalar;
  gradients: Updates;
  updates: Updates;
}

/** An objective to minimise: an expression of the model and of a batch, and its gradient. */
export abstract class Cost<M extends Model = Model> {
  /** Whether the cost needs targets beside inputs. */
  readonly supervised: boolean = false;
  /** The YAML that made this cost, if any did. */
  yamlSrc?: string;

  /**
   * The objective on a batch. Tensor operations only: it runs inside compiled functions.
   * @param model - Read, never written.
   * @param data - As {@link getDataSpecs} says.
   * @returns [] float32, owned by the caller; null when it has no tractable expression.
   */
  abstract expr(model: M, data: Batch): tf.Scalar | null;

  /**
   * What the expression is called where it is a term of a sum, e.g. `weight_decay`; it ends the
   * name of the term's channel. Undefined: it has no name.
   */
  termName(_model: M): string | undefined {
    return undefined;
  }

  /** Whether the expression draws random numbers, so that two evaluations differ; undefined: unknown. */
  isStochastic(): boolean | undefined {
    return undefined;
  }

  /**
   * Gradients by all parameters of the model; by differentiation unless a subclass knows better.
   * @returns Owned by the caller.
   */
  getGradients(model: M, data: Batch): CostGradients {
    const params = model.getParams();
    const { value, grads } = grad(() => this.expr(model, data) as tf.Scalar, params);
    const gradients: Updates = new Map(params.map((param, i) => [param, grads[i]]));
    return { cost: value, gradients, updates: new Map() };
  }

  /** What to monitor beside the objective. */
  getMonitoringChannels(_model: M, _data: Batch): Channels {
    return {};
  }

  /** Inputs, or inputs and targets, in the model's own spaces. */
  getDataSpecs(model: M): DataSpecs {
    const inputs = { space: model.getInputSpace(), source: model.getInputSource() };
    if (!this.supervised) return inputs;
    const targets = { space: model.getTargetSpace(), source: model.getTargetSource() };
    return combineDataSpecs(inputs, targets);
  }
}
