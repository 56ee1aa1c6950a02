/** @file Decay of weights by their size. Port of pylearn2/costs/mlp/__init__.py (`L1WeightDecay`). */
import type { tf } from '../../engine';
import type { DecayCoefficient, Layer } from '../../models/mlp';
import { LayerPenalty, type LayerPenaltyOptions } from './layer_penalty';

/** The sum over layers of coefficient times summed absolute weights; biases apart. */
export class L1WeightDecay extends LayerPenalty {
  static override readonly schema = LayerPenalty.schema;

  constructor(options: LayerPenaltyOptions) {
    super(options, 'costs.mlp.L1WeightDecay', 'l1_penalty');
  }

  protected override penalty(layer: Layer, coeff: DecayCoefficient): tf.Scalar {
    return layer.getL1WeightDecay(coeff);
  }
}
