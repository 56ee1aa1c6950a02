/** @file Preprocessing of datasets. Door of pylearn2.datasets.preprocessing. */
export { Preprocessor } from './preprocessor';
