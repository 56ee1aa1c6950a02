/** @file Normalisation. Mirrors pylearn2/expr/normalize.py. */
export {
  CrossChannelNormalization,
  CrossChannelNormalizationBC01,
  type CrossChannelNormalizationOptions,
} from './cross_channel_normalization';
