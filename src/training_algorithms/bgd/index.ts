/** @file Batch gradient descent and its helpers. Mirrors pylearn2/training_algorithms/bgd.py. */
export { BacktrackingStepShrinker } from './backtracking_step_shrinker';
export { BGD, type BGDOptions } from './bgd';
export { ScaleStep, type ScaleStepOptions } from './scale_step';
export { StepShrinker, type StepShrinkerOptions } from './step_shrinker';
