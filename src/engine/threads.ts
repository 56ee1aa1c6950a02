/**
 * @file How many threads of TensorFlow's the ops of a compiled function spread over. Small ops lose
 * more by handing a part of themselves to another thread, and waiting for it, than they gain. The
 * rule looks at shapes alone, so that the same function always adds in the same order.
 */
import { availableParallelism } from 'node:os';
import { withJoinedOps } from './elementwise';
import type { NativeBackend } from './native';
import type { Graph } from './native_function';
import type { Place, TracedNode } from './trace';

/** Of our addition to the binding (kernel/setup/engine/threads.h). */
const OP = 'Tslearn2Threads';
/** TensorFlow's own word for no limit. */
const ALL = 1_000_000;
/** Below so many multiplications the largest op of a function is small: some 50 microseconds. */
const SMALL = 5_000_000;
/** An element of what is not a product takes about as long as so many multiplications. */
const ELEMENT = 4;

const PRODUCT = /MatMul|Product/;
const CONVOLUTION = /^(Conv|DepthwiseConv)/;

/** Whether an op multiplies matrices. */
export function isProduct(op: string): boolean {
  return PRODUCT.test(op);
}

/**
 * How much an op computes, about, in multiplications.
 * @param inputs - How many elements its inputs have.
 * @param output - How many its output has.
 */
export function workOf(op: string, inputs: readonly number[], output: number): number {
  if (CONVOLUTION.test(op)) return Infinity;
  if (!isProduct(op)) return ELEMENT * output;
  // [m, k] by [k, n]: the root of mk kn mn is mkn.
  return Math.sqrt(inputs[0] * inputs[1] * output);
}

/** Whether so much work is that of a small op. */
export function isSmall(work: number): boolean {
  return work < SMALL;
}

/** Of the largest ops of a function, in multiplications. */
export interface Work {
  /** Of any op. */
  readonly most: number;
  /** Of an op that is not a product. */
  readonly apart: number;
}

/** Whether there are ops of our own, and threads that help them, for products and what is joined. */
export function hasOwnOps({ binding, isUsingGpuDevice }: NativeBackend): boolean {
  return binding.hasProduct === true && !isUsingGpuDevice;
}

/**
 * A graph arranged for speed. Its ops keep to one thread where the largest of them is small. Where
 * products are larger and our own op computes them, one op follows the other too: all threads are at
 * work on each, and two at a time would be in each other's way. Convolutions stay as they are.
 */
export function withThreads(backend: NativeBackend, graph: Graph, work: Work): Graph {
  if (isSmall(work.most)) return onOneThread(backend, graph);
  if (work.most === Infinity || !hasOwnOps(backend)) return graph;
  const limits = { count: isSmall(work.apart) ? 1 : ALL, alone: false };
  return inOrder(backend, withJoinedOps(backend, graph), limits);
}

/** A graph whose ops keep to one thread. */
export function onOneThread(backend: NativeBackend, graph: Graph): Graph {
  if (backend.isUsingGpuDevice) return graph;
  return inOrder(backend, withJoinedOps(backend, graph), { count: 1, alone: true });
}

/** How many threads TensorFlow's ops may have, and whether ours are to do without help. */
interface Limits {
  count: number;
  alone: boolean;
}

/**
 * A graph of one op after the other, so that TensorFlow has no reason to change the thread, whose
 * limits are set before the first and lifted after the last.
 * @param graph - Its nodes stand after those that they take their inputs from.
 */
function inOrder(backend: NativeBackend, graph: Graph, limits: Limits): Graph {
  const [input] = graph.inputs;
  const [result, ...others] = graph.results;
  if (!input || !result) return graph;
  const limited = limit(backend, 'threads_limit', limits, input);
  const nodes: TracedNode[] = [limited];
  let last = limited.name;
  for (const node of graph.nodes) {
    if (node.constant) nodes.push(node);
    else {
      nodes.push(follow({ ...node, inputs: node.inputs.map((one) => behind(one, input)) }, last));
      last = node.name;
    }
  }
  const lifted = follow(limit(backend, 'threads_lift', { count: ALL, alone: false }, result), last);
  const first = { ...result, name: `${lifted.name}:0` };
  return { ...graph, nodes: [...nodes, lifted], results: [first, ...others] };
}

/** What takes the input takes it from behind the limit. */
function behind(place: Place, input: Place): Place {
  return place.name === input.name ? { ...place, name: 'threads_limit:0' } : place;
}

/** The node, to run after another one. */
function follow(node: TracedNode, last: string): TracedNode {
  const takes = node.inputs.some(({ name }) => name.split(':')[0] === last);
  return takes ? node : { ...node, after: last };
}

function limit(
  { binding }: NativeBackend,
  name: string,
  { count, alone }: Limits,
  input: Place,
): TracedNode {
  const attributes = [
    { name: 'count', type: binding.TF_ATTR_INT, value: count },
    { name: 'alone', type: binding.TF_ATTR_BOOL, value: alone },
  ];
  return { name, op: OP, attributes, inputs: [input] };
}

/** How many ops TensorFlow runs at a time, by its setting. */
export function opsAtOnce({ isUsingGpuDevice }: NativeBackend): number {
  return isUsingGpuDevice ? 1 : Math.max(Number(process.env.TF_NUM_INTEROP_THREADS) || 1, 1);
}

/** Whether so many ops are enough for all processors, or for the threads that ops may have. */
export function opsFillProcessors(backend: NativeBackend): boolean {
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
  return opsAtOnce(backend) >= threads;
}
