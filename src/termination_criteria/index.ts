/** @file What ends training. Mirrors pylearn2/termination_criteria/__init__.py. */
export { And, type AndOptions } from './and';
export { ChannelInf, type ChannelInfOptions } from './channel_inf';
export { ChannelTarget, type ChannelTargetOptions } from './channel_target';
export { EpochCounter, type EpochCounterOptions } from './epoch_counter';
export { MatchChannel, type MatchChannelOptions } from './match_channel';
export { MonitorBased, type MonitorBasedOptions } from './monitor_based';
export { Or, type OrOptions } from './or';
export { TerminationCriterion } from './termination_criterion';
