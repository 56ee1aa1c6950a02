/**
 * @file What the engine uses of tfjs-node's backend and of the binding under it, which the set-up
 * extends by functions (kernel/setup/engine/functions.cc). Ids are handles of TensorFlow's.
 */
import * as tf from './tf';

/** Where a tensor's data is, as tfjs knows it. */
export type DataId = tf.DataId;

/** An attribute of an op, as the binding takes it; the type is one of the TF_ATTR constants. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** The type of an attribute that names a function; only graphs have such. */
export const ATTR_FUNCTION = -1;

/** What the binding says of a tensor that it made; dtype is TensorFlow's number. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** Numbers as a constant is made of; 64-bit integers come as pairs of 32-bit ones. */
export type ConstantValues = Float32Array | Int32Array | Uint8Array;

export interface NativeBinding {
  executeOp(
    name: string,
    attributes: OpAttribute[],
    ids: number[],
    outputs: number,
  ): TensorMetadata[];
  createTensor(shape: number[], dtype: number, values: ConstantValues | Uint8Array[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): ConstantValues;
  /**
   * A graph as a function that `executeOp` runs by name. Missing in a binding without ours.
   * @param calls - Functions added before that nodes of the graph call.
   */
  addFunction?(
    name: string,
    graph: Uint8Array,
    inputs: string[],
    outputs: string[],
    calls: string[],
  ): void;
  removeFunction?(name: string): void;
  /** A serialized OpDef. */
  opDefinition?(name: string): ArrayBuffer;
  /** Whether there is an op that multiplies matrices by OpenBLAS. */
  readonly hasProduct?: boolean;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** A tensor's data as the backend holds it: on the host until first used, then behind an id. */
export interface TensorData {
  shape: number[];
  dtype: number;
  id: number;
  values: ConstantValues | null;
  refCount: number;
}

export interface NativeBackend {
  binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  tensorMap: { has(id: DataId): boolean; get(id: DataId): TensorData };
  /** Takes in numbers, which stay on the host until an op needs them. */
  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): DataId;
  readSync(data: DataId): tf.BackendValues;
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: tf.Tensor[]): tf.Tensor;
}

/** The native backend, where it is the one in use. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : undefined;
}

/**
 * Puts a kernel of ours in the place of one of tfjs's for the native backend.
 * @param make - Is given the kernel that was there.
 */
export function replaceKernel(
  name: string,
  make: (otherwise: tf.KernelFunc) => tf.KernelFunc,
): void {
  const kernel = tf.getKernel(name, 'tensorflow');
  tf.unregisterKernel(name, 'tensorflow');
  tf.registerKernel({ ...kernel, kernelFunc: make(kernel.kernelFunc) });
}

/** The id of the data; what waits on the host is brought to the engine first. */
export function handleOf(
  { tensorMap }: NativeBackend,
  binding: NativeBinding,
  dataId: DataId,
): number {
  const data = tensorMap.get(dataId);
  if (data.values !== null) {
    data.id = binding.createTensor(data.shape, data.dtype, data.values);
    data.values = null;
  }
  return data.id;
}

/** Puts a new value, made by the binding, in the place of the old. The old one must not be shared. */
export function replaceData(binding: NativeBinding, data: TensorData, id: number): void {
  if (data.values === null && data.id >= 0) binding.deleteTensor(data.id);
  data.id = id;
  data.values = null;
}

/** The binding with some of its functions replaced. Its properties cannot be listed or changed. */
export function overlaid(binding: NativeBinding, own: Partial<NativeBinding>): NativeBinding {
  const names = Object.getOwnPropertyNames(binding) as (keyof NativeBinding)[];
  const all = Object.fromEntries(names.map((name) => [name, binding[name]]));
  return { ...all, ...own } as unknown as NativeBinding;
}
