/** @file Hooks into training. Mirrors pylearn2/train_extensions/__init__.py. */
export * as best_params from './best_params';
export { ChannelSmoother, type ChannelSmootherOptions } from './channel_smoother';
export { SharedSetter, type SharedSetterOptions } from './shared_setter';
export { TrainExtension, type Verdict } from './train_extension';
