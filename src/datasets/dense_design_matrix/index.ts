/** @file Datasets in a matrix. Door of pylearn2.datasets.dense_design_matrix. */
export type { Axis } from '../../space';
export type { NestedNumbers, Numbers } from './numbers';
export { isTopological, type TopologicalSpace, type ViewConverter } from './view_converter';
export { DefaultViewConverter, type DefaultViewConverterOptions } from './default_view_converter';
export type { DenseDesignMatrixOptions } from './options';
export { DenseDesignMatrix } from './dense_design_matrix';
export type { DenseIteratorOptions } from './design_matrix_base';
export type { HoldoutOptions } from './splits';
export { convertToOneHot, datasetRange, fromDataset, setAxes } from './functions';
