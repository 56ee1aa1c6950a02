/** @file The engine: the only door to tfjs. */
import { useNativeGradients } from './activation_gradients';
import { useOwnReductions } from './columns';
import { useSoundConvolution } from './conv2d';
import { useOwnProducts } from './matmul';

export * as tf from './drawing_tf';
export { deviceSummary, engineStamp, type EngineStamp, nativeFailure } from './backend';
export { processStream } from './draws';
export { eigh, type Eigen } from './eigh';
export { setCompiling } from './compiler';
export {
  type FunctionOptions,
  grad,
  type Gradients,
  makeFunction as function,
  type Step,
  type TensorFunction,
  type Updates,
} from './function';
export { closeScopes, tidyOutermost } from './memory';
export { type Products, setProducts } from './products';
export { SharedVariable, type SharedValue, sharedX } from './shared';
export { RandomStream, rehearse, withSameDraws } from './random';
export { takeRows } from './take_rows';

useNativeGradients();
useOwnProducts();
useOwnReductions();
useSoundConvolution();
