/** @file Stochastic gradient descent and its helpers. Mirrors pylearn2/training_algorithms/sgd.py. */
export { AnnealedLearningRate, type AnnealedLearningRateOptions } from './annealed_learning_rate';
export { EpochMonitor, type EpochMonitorOptions } from './epoch_monitor';
export { ExponentialDecay, type ExponentialDecayOptions } from './exponential_decay';
export { LinearDecay, type LinearDecayOptions } from './linear_decay';
export { LinearDecayOverEpoch, type LinearDecayOverEpochOptions } from './linear_decay_over_epoch';
export {
  MonitorBasedLRAdjuster,
  type MonitorBasedLRAdjusterOptions,
} from './monitor_based_lr_adjuster';
export { OneOverEpoch, type OneOverEpochOptions } from './one_over_epoch';
export {
  PatienceBasedTermCrit,
  type PatienceBasedTermCritOptions,
} from './patience_based_term_crit';
export { PolyakAveraging, type PolyakAveragingOptions } from './polyak_averaging';
export { SGD, type SGDOptions } from './sgd';
export { UpdateCallback, type UpdateCallbackLike } from './update_callback';
