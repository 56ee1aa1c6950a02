/**
 * @file How many threads of TensorFlow's the ops of a compiled function spread over. Small ops lose
 * more by handing a part of themselves to another thread, and waiting for it, than they gain. The
 * rule looks at shapes alone, so that the same function always adds in the same order.
 */
import { availableParallelism } from 'node:os';
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

const PRODUCT = /MatMul/;
const CONVOLUTION = /^(Conv|DepthwiseConv)/;

/**
 * How much an op computes, about, in multiplications.
 * @param inputs - How many elements its inputs have.
 * @param output - How many its output has.
 */
export function workOf(op: string, inputs: readonly number[], output: number): number {
  if (CONVOLUTION.test(op)) return Infinity;
  if (!PRODUCT.test(op)) return ELEMENT * output;
  // [m, k] by [k, n]: the root of mk kn mn is mkn.
  return Math.sqrt(inputs[0] * inputs[1] * output);
}

/** Whether the largest op of a function is small. */
export function isSmall(work: number): boolean {
  return work < SMALL;
}

/** A graph whose ops keep to one thread where the largest of them is small. */
export function withThreads(backend: NativeBackend, graph: Graph, work: number): Graph {
  return isSmall(work) ? onOneThread(backend, graph) : graph;
}

/**
 * A graph whose ops keep to one thread: one op after the other, so that TensorFlow has no reason to
 * change the thread, whose limit is set before the first and lifted after the last.
 * @param graph - Its nodes stand after those that they take their inputs from.
 */
export function onOneThread(backend: NativeBackend, graph: Graph): Graph {
  const [input] = graph.inputs;
  const [result, ...others] = graph.results;
  if (backend.isUsingGpuDevice || !input || !result) return graph;
  const limited = limit(backend, 'threads_limit', 1, input);
  const nodes: TracedNode[] = [limited];
  let last = limited.name;
  for (const node of graph.nodes) {
    if (node.constant) nodes.push(node);
    else {
      nodes.push(follow({ ...node, inputs: node.inputs.map((one) => behind(one, input)) }, last));
      last = node.name;
    }
  }
  const lifted = follow(limit(backend, 'threads_lift', ALL, result), last);
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

function limit({ binding }: NativeBackend, name: string, value: number, input: Place): TracedNode {
  const count = { name: 'count', type: binding.TF_ATTR_INT, value };
  return { name, op: OP, attributes: [count], inputs: [input] };
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
