/**
 * @file The gradient of products with few columns, as of a layer of ten classes: the slopes by the
 * right factor, [rows, columns], are computed lying on their side. Processors fill their vectors with
 * the many rows so, where few columns would leave most of them empty.
 */
import * as tfjs from '@tensorflow/tfjs';

/** Two vectors of AVX-512: from here on columns fill vectors well enough. */
const FEW = 32;

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

type Slopes = Record<string, () => tfjs.Tensor>;

/** tfjs's own gradient but for right factors of few columns. */
export function batchMatMul(): Omit<tfjs.GradConfig, 'kernelName'> {
  const { gradFunc, ...own } = tfjs.getGradient('BatchMatMul');
  return {
    ...own,
    gradFunc: (dy, saved, attributes) => {
      const slopes = gradFunc(dy, saved, attributes) as Slopes;
      const [a, b] = saved;
      const { transposeA, transposeB } = attributes as unknown as Attributes;
      const isNarrow = a.rank === 2 && b.rank === 2 && b.shape[1]! < FEW;
      if (transposeA || transposeB || !isNarrow) return slopes;
      return { ...slopes, b: () => tfjs.matMul(dy as tfjs.Tensor, a, true).transpose() };
    },
  };
}
