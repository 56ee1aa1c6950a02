/** @file A traced body: what it takes, does, gives out and sets. */
import type { Graph } from './native_function';
import type { Assemble, Outputs } from './outputs';
import { withProducts } from './products';
import type { SharedVariable } from './shared';
import { simplified } from './simplify';
import type { Work } from './threads';
import type { GraphInput, Trace } from './trace';

/** A traced body. Its results: the outputs, then the next values of what is updated. */
export interface Program extends Graph {
  readonly inputs: readonly GraphInput[];
  readonly updates: readonly SharedVariable[];
  readonly assemble: Assemble;
  /** Whether every output is computed anew, so that outputs of calls stack. */
  readonly stacks: boolean;
  readonly work: Work;
}

/** To be called while the trace still records. */
export function programOf(trace: Trace, outputs: Outputs): Program {
  const updates = trace.updates();
  const tensors = [...outputs.tensors, ...updates.map(([, next]) => next)];
  trace.checkVariables();
  // First: an output that is an input becomes a node of its own.
  const traced = tensors.map((tensor) => trace.resultAt(tensor));
  const { nodes, results } = simplified(trace.nodes, traced);
  return {
    inputs: trace.inputs,
    nodes: withProducts(trace.binding, nodes),
    results,
    updates: updates.map(([shared]) => shared),
    assemble: outputs.assemble,
    stacks: outputs.stacks,
    work: trace.work,
  };
}
