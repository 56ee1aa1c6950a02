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
export { CompositeLayer, type CompositeLayerOptions } from './composite_layer';
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
export { type ConvOptions, normalizer, type Normalizer, pair } from './conv_options';
export { normalizeImages } from './normalizer';
export { maxPool, poolGeometry, type Size2D } from './pooling';
export { convolveWith } from './convolution';
export { ConvRectifiedLinear, type ConvRectifiedLinearOptions } from './conv_rectified_linear';
export type { DropoutOptions, MaskOptions } from './dropout';
export { FlattenerLayer, type FlattenerLayerOptions } from './flattener_layer';
export { MLP, type MLPOptions, mlpShape } from './mlp';
export {
  MaskedAffineLayer,
  type MaskedAffineOptions,
  maskedAffineShape,
} from './masked_affine_layer';
export { ElementwiseLayer } from './elementwise';
export { Linear, type LinearOptions, linearShape } from './linear';
export { LinearGaussian, type LinearGaussianOptions } from './linear_gaussian';
export {
  betaFromFeatures,
  type BetaFromFeaturesOptions,
  betaFromTargets,
  type BetaFromTargetsOptions,
  type Featured,
  meanOfTargets,
  type MeanOfTargetsOptions,
} from './statistics';
export { Sigmoid, type SigmoidOptions } from './sigmoid';
export { Softmax, type SoftmaxOptions, softmaxShape } from './softmax';
export type { Targeted } from './targeted';
export {
  type LayerContent,
  PretrainedLayer,
  type PretrainedLayerOptions,
} from './pretrained_layer';
export { RectifiedLinear, type RectifiedLinearOptions } from './rectified_linear';
export { SoftmaxPool, type SoftmaxPoolOptions } from './softmax_pool';
export { Softplus } from './softplus';
export { SpaceConverter, type SpaceConverterOptions } from './space_converter';
export { Tanh } from './tanh';
export {
  activationChannels,
  initialWeights,
  normChannels,
  prefixed,
  type WeightScheme,
} from './weights';
export { WindowLayer, type WindowLayerOptions } from './window_layer';
