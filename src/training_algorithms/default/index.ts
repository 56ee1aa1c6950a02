/** @file The algorithm for models that train themselves. Mirrors pylearn2's default.py. */
export {
  DefaultTrainingAlgorithm,
  type DefaultTrainingAlgorithmOptions,
} from './default_training_algorithm';
