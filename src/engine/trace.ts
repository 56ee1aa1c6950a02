/**
 * @file Writes down what a body of tensor operations does while it runs once for real: the ops that
 * reach the native binding, the constants, the shared variables read and set. Shared variables keep
 * their values until the body has ended; meanwhile the trace stands in for them.
 */
import { type ConstantValues, type DataId, handleOf, type NativeBackend, overlaid } from './native';
import type { NativeBinding, OpAttribute, TensorMetadata } from './native';
import { bodysPlace } from './place';
import type { SharedVariable } from './shared';
import * as tf from './tf';
import { isProduct, type Work, workOf } from './threads';

/** A node's output in the graph, `node` or `node:index`, with TensorFlow's number of its dtype. */
export interface Place {
  name: string;
  dtype: number;
  /** Unknown where that is not given, -1 for sizes not known. */
  shape?: readonly number[];
}

/** One node of the graph: an op, or a constant where `values` is given. */
export interface TracedNode {
  name: string;
  op: string;
  attributes: OpAttribute[];
  inputs: Place[];
  /** A node that must have run before, though nothing is taken from it. */
  after?: string;
  constant?: { shape: number[]; dtype: number; values: ConstantValues };
}

/** Where an input of the graph comes from at each call. */
export type Source =
  { argument: number } | { variable: tf.Variable } | { shared: SharedVariable } | { data: DataId };

/** An input of a traced graph. */
export interface GraphInput extends Place {
  source: Source;
  shape: readonly number[];
}

/** Ops whose outputs have shapes that depend on values. */
const VALUE_SHAPED = /^(Where|Unique|ListDiff|NonMaxSuppression|Sparse|Ragged|StringNGrams)/;

let active: Trace | undefined;

/** The trace under way. */
export function activeTrace(): Trace | undefined {
  return active;
}

/** Runs something that concerns shared variables themselves, not what the body computes. */
export function untraced<T>(f: () => T): T {
  const trace = active;
  active = undefined;
  try {
    return f();
  } finally {
    active = trace;
  }
}

/** One run of a body on given arguments, written down. */
export class Trace {
  readonly nodes: TracedNode[] = [];
  readonly inputs: GraphInput[] = [];
  /** Why the body cannot be compiled; undefined while nothing is in the way. */
  refusal?: string;
  work: Work = { most: 0, apart: 0 };
  private readonly places = new Map<number, Place>();
  private readonly current = new Map<SharedVariable, tf.Tensor>();
  private readonly set = new Set<SharedVariable>();
  private readonly kept: tf.Tensor[] = [];
  /** What the body made from numbers: constants, as soon as an op takes them. */
  private readonly fresh = new WeakSet<DataId>();
  readonly binding: NativeBinding;
  private readonly variables = new Map<tf.Variable, DataId>();
  private readonly firstTensor = nextTensorId();
  /** What stands in for the arguments: tensors of their own, told from all that the body captures. */
  readonly args: readonly tf.Tensor[];

  constructor(
    private readonly backend: NativeBackend,
    args: readonly tf.Tensor[],
  ) {
    this.binding = backend.binding;
    for (const one of registeredVariables()) this.variables.set(one, one.dataId);
    this.args = args.map((arg, argument) => this.addInput({ argument }, arg.dataId));
  }

  /** Runs the body, recording. To be followed by {@link end}, also when it throws. */
  run<T>(body: () => T): T {
    const undo = [this.tapBackend(), this.tapRandom()];
    activate(this);
    try {
      return body();
    } finally {
      active = undefined;
      undo.forEach((f) => f());
    }
  }

  /** Gives shared variables the values that the body set, when it did not fail, and cleans up. */
  end(succeeded: boolean): void {
    if (succeeded) for (const one of this.set) one.assign(this.current.get(one)!);
    tf.dispose(this.kept);
  }

  /** The shared variables that were set, with their next values. */
  updates(): [SharedVariable, tf.Tensor][] {
    return [...this.set].map((shared) => [shared, this.current.get(shared)!]);
  }

  /** Whether a tensor is the same one at each call: it was there before, or is a variable. */
  isOutside(tensor: tf.Tensor): boolean {
    return tensor.id < this.firstTensor || tensor instanceof tf.Variable;
  }

  /** The place of something to be given out, as the output of a node. Only while the body runs. */
  resultAt(tensor: tf.Tensor): Place {
    const place = this.places.get(this.idOf(tensor))!;
    if (!this.inputs.includes(place as GraphInput)) return place;
    const name = this.addNode({ op: 'Identity', attributes: [], inputs: [place] });
    return { ...place, name: `${name}:0` };
  }

  /** The value that a shared variable has at this point of the body. */
  read(shared: SharedVariable): DataId {
    const known = this.current.get(shared);
    if (known) return known.dataId;
    const stand = this.addInput({ shared }, shared.held());
    this.current.set(shared, stand);
    return stand.dataId;
  }

  /** Gives a shared variable another value from this point of the body on. */
  write(shared: SharedVariable, next: tf.Tensor): void {
    const kept = tf.keep(next.clone());
    this.kept.push(kept);
    this.current.set(shared, kept);
    this.set.add(shared);
  }

  /** Notes the first reason why the body must not be compiled; it runs on, since it runs for real. */
  refuse(reason: string): void {
    if (this.refusal !== undefined) return;
    const place = bodysPlace();
    this.refusal = place === undefined ? reason : `${reason}, at ${place}`;
  }

  /** Plain tfjs variables are read as they are at each call; set by the body they refuse it. */
  checkVariables(): void {
    const now = registeredVariables();
    const same = now.every((one) => this.variables.get(one) === one.dataId);
    if (!same || now.length !== this.variables.size) this.refuse('it makes or sets a tf.Variable');
  }

  private addInput(source: Source, dataId: DataId): tf.Tensor {
    const { backend, binding } = this;
    const { dtype } = backend.tensorMap.get(dataId);
    const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: dtype };
    const id = handleOf(backend, binding, dataId);
    const [metadata] = binding.executeOp('Identity', [type], [id], 1);
    const stand = tf.keep(backend.createOutputTensor(metadata));
    this.kept.push(stand);
    this.enter(source, metadata);
    return stand;
  }

  private enter(source: Source, { id, shape, dtype }: TensorMetadata): void {
    const input = { name: `input_${this.inputs.length}`, dtype, shape, source };
    this.inputs.push(input);
    this.places.set(id, input);
  }

  /** The id of an op's input; one that the trace has not seen comes from outside. */
  private idOf({ dataId }: tf.TensorInfo): number {
    const { backend } = this;
    const binding = this.fresh.has(dataId) ? backend.binding : this.binding;
    const id = handleOf(backend, binding, dataId);
    if (!this.places.has(id)) {
      const variable = registeredVariables().find((one) => one.dataId === dataId);
      const { shape, dtype } = backend.tensorMap.get(dataId);
      this.enter(variable ? { variable } : { data: dataId }, { id, shape, dtype });
    }
    return id;
  }

  /** Records what passes between tfjs and the binding, until the returned function is called. */
  private tapBackend(): () => void {
    const { backend, binding } = this;
    const own: Partial<NativeBackend> = backend;
    const { getInputTensorIds, write } = backend;
    backend.binding = this.recorder();
    backend.getInputTensorIds = (tensors) =>
      // What has no data is a number of 64 bits, which the backend makes a constant of.
      tensors.flatMap((one) =>
        one.dataId ? this.idOf(one) : getInputTensorIds.call(backend, [one]),
      );
    backend.write = (...call) => {
      const data = write.apply(backend, call);
      this.fresh.add(data);
      return data;
    };
    return () => {
      backend.binding = binding;
      delete own.getInputTensorIds;
      delete own.write;
    };
  }

  /** Notices draws from JavaScript's generator, which a graph would repeat at each call. */
  private tapRandom(): () => void {
    const { random } = Math;
    Math.random = () => {
      this.refuse('it draws from Math.random');
      return random();
    };
    return () => {
      Math.random = random;
    };
  }

  private recorder(): NativeBinding {
    const { binding } = this;
    return overlaid(binding, {
      executeOp: (...call) => this.recordOp(...call),
      createTensor: (...call) => this.recordConstant(...call),
      tensorDataSync: (id) => {
        this.refuse('it reads the values of a tensor (tensorDataSync)');
        return binding.tensorDataSync(id);
      },
    });
  }

  private recordOp(
    op: string,
    attributes: OpAttribute[],
    ids: number[],
    outputs: number,
  ): TensorMetadata[] {
    if (VALUE_SHAPED.test(op)) this.refuse(`the shape of what op ${op} gives depends on values`);
    const made = this.binding.executeOp(op, attributes, ids, outputs);
    const inputs = ids.map((id) => this.placeOfId(op, id));
    if (op === 'Reshape' && isSame(inputs[0].shape, made[0].shape)) {
      this.places.set(made[0].id, inputs[0]);
      return made;
    }
    const name = this.addNode({ op, attributes, inputs });
    const sizes = inputs.map(({ shape }) => sizeOf(shape ?? [0]));
    made.forEach(({ id, dtype, shape }, i) => {
      this.places.set(id, { name: `${name}:${i}`, dtype, shape });
      const work = workOf(op, sizes, sizeOf(shape));
      const { most, apart } = this.work;
      this.work = {
        most: Math.max(most, work),
        apart: isProduct(op) ? apart : Math.max(apart, work),
      };
    });
    return made;
  }

  private recordConstant(
    shape: number[],
    dtype: number,
    values: ConstantValues | Uint8Array[],
  ): number {
    const id = this.binding.createTensor(shape, dtype, values);
    if (Array.isArray(values)) this.refuse('it works on strings');
    else {
      const constant = { shape: [...shape], dtype, values: values.slice() };
      const name = this.addNode({ op: 'Const', attributes: [], inputs: [], constant });
      this.places.set(id, { name: `${name}:0`, dtype, shape: constant.shape });
    }
    return id;
  }

  private placeOfId(op: string, id: number): Place {
    const place = this.places.get(id);
    if (place) return place;
    this.refuse(`op ${op} takes a tensor whose origin is unknown`);
    return { name: '', dtype: 0 };
  }

  private addNode(node: Omit<TracedNode, 'name'>): string {
    const name = `node_${this.nodes.length}`;
    this.nodes.push({ name, ...node });
    return name;
  }
}

const sizeOf = (shape: readonly number[]) => tf.util.sizeFromShape([...shape]);

function isSame(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a !== undefined && tf.util.arraysEqual([...a], [...b]);
}

function activate(trace: Trace): void {
  active = trace;
}

function nextTensorId(): number {
  return (tf.engine() as unknown as { nextTensorId(): number }).nextTensorId();
}

function registeredVariables(): tf.Variable[] {
  return Object.values(tf.engine().state.registeredVariables);
}
