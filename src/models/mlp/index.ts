/** @file Multilayer perceptrons and their layers. Mirrors pylearn2/models/mlp.py. */
export {
  type DecayCoefficient,
  Layer,
  type LayerOptions,
  type LayerOwner,
  type LayerStates,
} from './layer';
export { AffineLayer } from './affine_layer';
export type { DropoutOptions, MaskOptions } from './dropout';
export { MLP, type MLPOptions, mlpShape } from './mlp';
export { Linear, type LinearOptions, linearShape } from './linear';
export { Softmax, type SoftmaxOptions, softmaxShape, type Targeted } from './softmax';
