/** @file Hooks into models. Mirrors pylearn2/model_extensions. */
export { ModelExtension } from './model_extension';
export * as norm_constraint from './norm_constraint';
