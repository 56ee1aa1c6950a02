/** @file Spaces and data specifications. Mirrors pylearn2/space/__init__.py. */
export { type Batch, Space } from './space';
export { NullSpace } from './null_space';
export { VectorSpace, type VectorSpaceOptions } from './vector_space';
export { type Axis, axesSchema, defaultAxes, moveAxes } from './axes';
export { elementwise, fromNatural, toNatural } from './natural';
export { Conv2DSpace, type Conv2DSpaceOptions } from './conv2d_space';
export { IndexSpace, type IndexSpaceOptions } from './index_space';
export { CompositeSpace, type CompositeSpaceOptions } from './composite_space';
export {
  combineDataSpecs,
  type DataSpecs,
  DataSpecsMapping,
  type FlatDataSpecs,
  nullDataSpecs,
  type Source,
} from './data_specs';
