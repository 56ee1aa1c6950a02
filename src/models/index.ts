/** @file Models. Mirrors pylearn2/models. */
export {
  type Channels,
  Model,
  type ModelOptions,
  type ModelState,
  type WeightsFormat,
} from './model';
export * as model from './model';
export * as autoencoder from './autoencoder';
export * as lwta from './lwta';
export * as maxout from './maxout';
export * as mlp from './mlp';
export * as softmax_regression from './softmax_regression';
