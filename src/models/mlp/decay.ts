/** @file Weight decay of layers that are made of layers. */
import { tf } from '../../engine';
import { StateError } from '../../utils/errors';
import type { DecayCoefficient, Layer } from './layer';

/**
 * The sum of a penalty over layers.
 * @param place - Starts the error message, e.g. `MLP \`inner\``.
 * @param coeff - One coefficient for all layers, or one for each.
 * @throws {@link StateError} when there are more or fewer coefficients than layers.
 */
export function sumOverLayers(
  place: string,
  layers: readonly Layer[],
  coeff: DecayCoefficient,
  term: (layer: Layer, coeff: DecayCoefficient) => tf.Scalar,
): tf.Scalar {
  const coeffs = typeof coeff === 'number' ? layers.map(() => coeff) : coeff;
  if (coeffs.length !== layers.length) {
    throw new StateError(
      `${place}: expected ${layers.length} decay coefficients, received ${coeffs.length}.`,
    );
  }
  return tf.tidy(() => layers.map((layer, i) => term(layer, coeffs[i])).reduce((a, b) => a.add(b)));
}
