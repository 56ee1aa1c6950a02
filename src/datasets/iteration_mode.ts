/** @file The orders in which datasets hand out batches; they are made in utils/iteration. */
export {
  hasUniformBatchSize,
  type IterationMode,
  iterationModes,
  isStochastic,
} from '../utils/iteration';
