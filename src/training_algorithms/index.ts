/** @file What drives training. Mirrors pylearn2/training_algorithms/__init__.py. */
export { TrainingAlgorithm } from './training_algorithm';
export type { BatchTrainingOptions } from './batch_training_options';
export * as bgd from './bgd';
export * as default from './default';
export * as learning_rule from './learning_rule';
export * as sgd from './sgd';
