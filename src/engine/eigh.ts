/**
 * @file Eigenvalues and eigenvectors of symmetric matrices, which tfjs has not: by TensorFlow's own
 * solver, in double precision; by Jacobi's method where there is no TensorFlow.
 */
import { jacobi } from './jacobi';
import { nativeBackend, type NativeBackend, type TensorMetadata } from './native';
import * as tf from './tf';

/** TensorFlow's number of the dtype of doubles. */
const DOUBLE = 2;

/** What a symmetric matrix is made of. */
export interface Eigen {
  /** [n] float32, ascending. */
  values: tf.Tensor1D;
  /** [n, n] float32: the vector of each value in the column of its place, of length 1. */
  vectors: tf.Tensor2D;
}

/**
 * The eigenvalues and eigenvectors of a matrix. Eager only, not for compiled functions.
 * @param matrix - [n, n] float32, symmetric, read only.
 * @returns Owned by the caller.
 */
export function eigh(matrix: tf.Tensor2D): Eigen {
  const native = nativeBackend();
  if (native) return nativeEigh(native, matrix);
  const { values, vectors } = jacobi(Float64Array.from(matrix.dataSync()), matrix.shape[0]);
  return {
    values: tf.tensor1d(Float32Array.from(values)),
    vectors: tf.tensor2d(Float32Array.from(vectors), matrix.shape),
  };
}

function nativeEigh(native: NativeBackend, matrix: tf.Tensor2D): Eigen {
  const { binding } = native;
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_FLOAT } = binding;
  const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
  const flag = (name: string, value: boolean) => ({ name, type: TF_ATTR_BOOL, value });
  const cast = (id: number, from: number, to: number): TensorMetadata => {
    const attributes = [type('SrcT', from), type('DstT', to), flag('Truncate', false)];
    return binding.executeOp('Cast', attributes, [id], 1)[0];
  };
  const wide = cast(native.getInputTensorIds([matrix])[0], TF_FLOAT, DOUBLE);
  const attributes = [flag('compute_v', true), type('T', DOUBLE)];
  const found = binding.executeOp('SelfAdjointEigV2', attributes, [wide.id], 2);
  const [values, vectors] = found.map(({ id }) =>
    native.createOutputTensor(cast(id, DOUBLE, TF_FLOAT)),
  );
  // tfjs knows nothing of the doubles.
  for (const { id } of [wide, ...found]) binding.deleteTensor(id);
  return { values: values as tf.Tensor1D, vectors: vectors as tf.Tensor2D };
}
