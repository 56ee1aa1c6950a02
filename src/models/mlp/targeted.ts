/** @file What layers ask of a dataset whose targets they start from. */
import { z } from 'zod';
import type { tf } from '../../engine';

/** A dataset whose targets tell how frequent the classes are, or how large the outputs. */
export interface Targeted {
  /** Labels [examples, labels each] int32, or numbers [examples, dim] float32; a copy. */
  getTargets(): tf.Tensor | null;
}

/** The zod type of such a dataset. */
export const targetedSchema = z.custom<Targeted>(
  (value) => typeof (value as Partial<Targeted> | null)?.getTargets === 'function',
  { error: 'expected a dataset with targets' },
);
