/** @file Preprocessing of datasets. Door of pylearn2.datasets.preprocessing. */
export {
  GlobalContrastNormalization,
  type GlobalContrastNormalizationOptions,
} from './global_contrast_normalization';
export {
  ExtractGridPatches,
  type ExtractGridPatchesOptions,
  ExtractPatches,
  type ExtractPatchesOptions,
  ReassembleGridPatches,
  type ReassembleGridPatchesOptions,
} from './patches';
export { PCA, type PCAOptions, PCAViewConverter, type PCAViewConverterOptions } from './pca';
export {
  BlockPreprocessor,
  type BlockPreprocessorOptions,
  Pipeline,
  type PipelineOptions,
} from './pipeline';
export { Preprocessor } from './preprocessor';
export {
  CentralWindow,
  type CentralWindowOptions,
  Downsample,
  type DownsampleOptions,
  MakeUnitNorm,
  RemapInterval,
  type RemapIntervalOptions,
  ShuffleAndSplit,
  type ShuffleAndSplitOptions,
} from './simple';
export {
  RemoveMean,
  type RemoveMeanOptions,
  Standardize,
  type StandardizeOptions,
} from './standardize';
export { ZCA, type ZCAOptions } from './zca';
