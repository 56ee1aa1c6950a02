/** @file Functions of tensors. Mirrors pylearn2/expr. */
export { rectify, sigmoid } from './activations';
export { logitsBehind, rememberLogits } from './logits';
export * as nnet from './nnet';
export * as normalize from './normalize';
export * as sampling from './sampling';
export * as preprocessing from './preprocessing';
