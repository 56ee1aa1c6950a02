/** @file What follows a convolution. */
export { ConvNonlinearity } from './conv_nonlinearity';
export { IdentityConvNonlinearity } from './identity';
export { RectifierConvNonlinearity, type RectifierConvNonlinearityOptions } from './rectifier';
export {
  monitorStyles,
  SigmoidConvNonlinearity,
  type SigmoidConvNonlinearityOptions,
} from './sigmoid';
export { TanhConvNonlinearity } from './tanh';
