/** @file The learning rate as schedules see it. */
import type { SharedVariable } from '../../engine';
import { StateError } from '../../utils/errors';
import type { TrainingAlgorithm } from '../training_algorithm';

interface WithLearningRate {
  learningRate?: SharedVariable;
}

/** @throws {@link StateError} when the algorithm, such as BGD, has none. */
export function learningRateOf(algorithm: TrainingAlgorithm, where: string): SharedVariable {
  const { learningRate } = algorithm as TrainingAlgorithm & WithLearningRate;
  if (learningRate) return learningRate;
  throw new StateError(`${where}: the algorithm has no learning rate; use it with SGD.`);
}

/** The number in a shared scalar. */
export function read(shared: SharedVariable): number {
  return shared.dataSync()[0];
}
