/**
 * @file How many threads of TensorFlow's the ops of a compiled function spread over. Small ops lose
 * more by handing a part of themselves to another thread, and waiting for it, than they gain. The
 * rule looks at shapes alone, so that the same function always adds in the same order.
 */
import type { NativeBackend } from './native';
import type { Graph } from './native_function';
import type { Place } from './trace';

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
export function withThreads(
  { binding, isUsingGpuDevice }: NativeBackend,
  graph: Graph,
  work: number,
): Graph {
  const [first] = graph.inputs;
  if (isUsingGpuDevice || first === undefined) return graph;
  const count = { name: 'count', type: binding.TF_ATTR_INT, value: isSmall(work) ? 1 : ALL };
  const node = { name: 'threads', op: OP, attributes: [count], inputs: [first] };
  const after = (place: Place) =>
    place.name === first.name ? { ...place, name: `${node.name}:0` } : place;
  const nodes = graph.nodes.map((one) => ({ ...one, inputs: one.inputs.map(after) }));
  return { ...graph, nodes: [node, ...nodes] };
}
