/** @file Training. Mirrors pylearn2/train.py. */
export { type ExtensionFactory, setDefaultExtensions } from './default_extensions';
export { ExtensionError } from './extension_list';
export {
  type EpochReport,
  type MainLoopOptions,
  type StopReason,
  Train,
  type TrainOptions,
} from './train';
export type { SelfTrainingModel } from './self_training';
