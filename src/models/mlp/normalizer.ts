/** @file Normalisation of images within layers that keep them in the engine's layout. */
import { type tf } from '../../engine';
import { type Axis, fromNatural, toNatural } from '../../space';
import type { Normalizer } from './conv_options';

/**
 * Normalises images by what takes them in other axes.
 * @param images - [examples, rows, columns, channels], read only.
 * @param axes - Those that the normalisation takes and gives.
 */
export function normalizeImages(
  images: tf.Tensor4D,
  normalizer: Normalizer | null,
  axes: readonly Axis[],
): tf.Tensor4D {
  if (!normalizer) return images;
  const reported = fromNatural(images, axes);
  const normalized =
    typeof normalizer === 'function' ? normalizer(reported) : normalizer.apply(reported);
  return toNatural(normalized, axes);
}
