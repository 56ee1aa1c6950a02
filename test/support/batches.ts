/** @file Batches for tests: what lives in a space, the same at every call. */
import { tf } from '../../src/engine';
import { type Batch, CompositeSpace, IndexSpace, type Space } from '../../src/space';
import { RandomState } from '../../src/utils/rng';

const EXAMPLES = 5;

function labels({ maxLabels, dim }: IndexSpace): tf.Tensor {
  const values = Int32Array.from({ length: EXAMPLES * dim }, (_, i) => i % maxLabels);
  return tf.tensor(values, [EXAMPLES, dim], 'int32');
}

/** A batch of 5 examples: numbers between the two, or labels. The caller owns it. */
export function batchIn(space: Space, low = -1, high = 1): Batch {
  if (space instanceof CompositeSpace) {
    return space.components.map((component) => batchIn(component, low, high));
  }
  if (space instanceof IndexSpace) return labels(space);
  const origin = space.getOriginBatch(EXAMPLES) as tf.Tensor | null;
  if (origin === null) return null;
  origin.dispose();
  const rng = new RandomState(origin.size);
  const numbers = Float32Array.from({ length: origin.size }, () => rng.uniform(low, high));
  return tf.tensor(numbers, origin.shape);
}

/** Targets for such a batch: one-hot codes, or labels. The caller owns them. */
export function targetsIn(space: Space): Batch {
  if (space instanceof CompositeSpace) return space.components.map(targetsIn);
  if (space instanceof IndexSpace) return labels(space);
  const dim = space.getTotalDimension();
  const origin = space.getOriginBatch(EXAMPLES) as tf.Tensor;
  return tf.tidy(() => {
    const classes = tf.tensor1d(
      Int32Array.from({ length: EXAMPLES }, (_, i) => i % dim),
      'int32',
    );
    return tf.oneHot(classes, dim).cast('float32').reshape(origin.shape);
  });
}
