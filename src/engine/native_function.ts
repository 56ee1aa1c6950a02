/** @file Functions of TensorFlow's: a graph that the eager runtime runs by name, in one call. */
import { graphOf, statefulOp } from './graph';
import { type NativeBackend, nativeBackend, type TensorMetadata } from './native';
import type { Place, TracedNode } from './trace';

/** What a function takes, computes and gives. */
export interface Graph {
  readonly inputs: readonly Place[];
  readonly nodes: readonly TracedNode[];
  readonly results: readonly Place[];
}

let made = 0;

function nameFor(text: string): string {
  return `${text.replace(/\W+/g, '_')}_${(made += 1)}`;
}

/** Functions that nobody holds any longer are taken out of TensorFlow. */
const unreachable = new FinalizationRegistry<string>((name) => {
  nativeBackend()?.binding.removeFunction?.(name);
});

/** A graph in TensorFlow's hands, for as long as somebody holds this. */
export class NativeFunction {
  /** What TensorFlow knows it by. */
  readonly name: string;

  /**
   * @param calls - Functions that nodes of the graph call by name.
   * @throws Error when TensorFlow does not take the graph.
   */
  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: Graph,
    label: string,
    private readonly calls: readonly NativeFunction[] = [],
  ) {
    const { inputs, nodes, results } = graph;
    const { binding } = backend;
    const stateful = statefulOp(binding, nodes);
    if (stateful !== undefined) throw new Error(`op ${stateful} keeps a state of its own`);
    this.name = nameFor(label);
    const [from, to] = [inputs, results].map((places) => places.map(({ name }) => name));
    const called = this.calls.map(({ name }) => name);
    binding.addFunction!(this.name, graphOf(binding, inputs, nodes), from, to, called);
    unreachable.register(this, this.name);
  }

  /** @throws Error when TensorFlow cannot run it. */
  run(ids: number[]): TensorMetadata[] {
    return this.backend.binding.executeOp(this.name, [], ids, this.graph.results.length);
  }
}
