/** @file A penalty on the size of variables. Port of pylearn2/costs/cost.py (`LpPenalty`). */
import { z } from 'zod';
import { SharedVariable, tf } from '../../engine';
import type { Model } from '../../models';
import { type Batch, type DataSpecs, nullDataSpecs } from '../../space';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from './cost';

export interface LpPenaltyOptions {
  /** What to penalise, e.g. parameters of the model. */
  variables: SharedVariable[];
  /** The power to which each number is raised. */
  p: number;
}

const schema = optionsOf<LpPenaltyOptions>()({
  variables: z.array(instanceOf<SharedVariable>(SharedVariable)).min(1),
  p: z.number().positive(),
});

/** The sum over variables of |v^p|, summed over their numbers. Needs no data. */
export class LpPenalty extends Cost {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: LpPenaltyOptions) {
    super();
    this.options = parseOptions(schema, options, 'costs.cost.LpPenalty');
  }

  override expr(_model: Model, _data: Batch): tf.Scalar {
    const { variables, p } = this.options;
    // |v^p| is |v|^p, and the latter has a gradient where p is no whole number.
    return tf.tidy(() => {
      const terms = variables.map((variable) => variable.abs().pow(p).sum<tf.Scalar>());
      return terms.reduce((sum, term) => sum.add(term));
    });
  }

  override isStochastic(): boolean {
    return false;
  }

  override getDataSpecs(_model: Model): DataSpecs {
    return nullDataSpecs();
  }
}
