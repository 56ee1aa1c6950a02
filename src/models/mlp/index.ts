/** @file Multilayer perceptrons and their layers. Mirrors pylearn2/models/mlp.py. */
export {
  type DecayCoefficient,
  Layer,
  type LayerOptions,
  type LayerOwner,
  type LayerStates,
} from './layer';
export { AffineLayer } from './affine_layer';
export { BadInputSpaceError } from './bad_input_space_error';
export { ConvElemwise, type ConvElemwiseOptions } from './conv_elemwise';
export {
  ConvNonlinearity,
  IdentityConvNonlinearity,
  RectifierConvNonlinearity,
  type RectifierConvNonlinearityOptions,
  SigmoidConvNonlinearity,
  type SigmoidConvNonlinearityOptions,
  TanhConvNonlinearity,
} from './conv_nonlinearity';
export type { ConvOptions, Normalizer } from './conv_options';
export { ConvRectifiedLinear, type ConvRectifiedLinearOptions } from './conv_rectified_linear';
export type { DropoutOptions, MaskOptions } from './dropout';
export { MLP, type MLPOptions, mlpShape } from './mlp';
export { ElementwiseLayer } from './elementwise';
export { Linear, type LinearOptions, linearShape } from './linear';
export { Sigmoid, type SigmoidOptions } from './sigmoid';
export { Softmax, type SoftmaxOptions, softmaxShape, type Targeted } from './softmax';
export { RectifiedLinear, type RectifiedLinearOptions } from './rectified_linear';
export { Softplus } from './softplus';
export { Tanh } from './tanh';
