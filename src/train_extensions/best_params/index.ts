/** @file Keeping the best of a training. Mirrors pylearn2/train_extensions/best_params.py. */
export { KeepBestParams, type KeepBestParamsOptions } from './keep_best_params';
export { MonitorBasedSaveBest, type MonitorBasedSaveBestOptions } from './monitor_based_save_best';
