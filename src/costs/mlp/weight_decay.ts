/** @file Decay of weights by their squares. Port of pylearn2/costs/mlp/__init__.py (`WeightDecay`). */
import type { tf } from '../../engine';
import { type DecayCoefficient, Layer } from '../../models/mlp';
import { LayerPenalty, type LayerPenaltyOptions } from './layer_penalty';

/**
 * The sum over layers of coefficient times summed squared weights, without a half; biases apart.
 * A layer without weights is tolerated where its coefficient is 0.
 */
export class WeightDecay extends LayerPenalty {
  static override readonly schema = LayerPenalty.schema;

  constructor(options: LayerPenaltyOptions) {
    super(options, 'costs.mlp.WeightDecay', 'weight_decay');
  }

  protected override penalty(layer: Layer, coeff: DecayCoefficient): tf.Scalar {
    return layer.getWeightDecay(coeff);
  }

  protected override isExempt(layer: Layer, coeff: DecayCoefficient): boolean {
    // Only a layer that says nothing of its own about decay.
    return coeff === 0 && layer.getWeightDecay === Layer.prototype.getWeightDecay;
  }
}
