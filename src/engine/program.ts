/**
 * @file A traced body: what it takes, does, gives out and sets; and the same as a function of
 * TensorFlow's, which runs it in one call, its tensors staying on the device.
 */
import {
  type DataId,
  handleOf,
  type NativeBackend,
  nativeBackend,
  replaceData,
  type TensorMetadata,
} from './native';
import { graphOf, statefulOp } from './graph';
import type { Outputs } from './outputs';
import { type Assemble } from './outputs';
import type { SharedVariable } from './shared';
import type * as tf from './tf';
import type { GraphInput, Place, Source, Trace, TracedNode } from './trace';

/** A traced body. */
export interface Program {
  inputs: readonly GraphInput[];
  nodes: readonly TracedNode[];
  /** What the graph computes: outputs first, then the next values of what is updated. */
  results: readonly Place[];
  updates: readonly SharedVariable[];
  assemble: Assemble;
}

/** To be called while the trace still records. */
export function programOf(trace: Trace, outputs: Outputs): Program {
  const updates = trace.updates();
  const tensors = [...outputs.tensors, ...updates.map(([, next]) => next)];
  trace.checkVariables();
  return {
    inputs: trace.inputs,
    nodes: trace.nodes,
    results: tensors.map((tensor) => trace.resultAt(tensor)),
    updates: updates.map(([shared]) => shared),
    assemble: outputs.assemble,
  };
}

let made = 0;

function nameFor(text: string): string {
  return `${text.replace(/\W+/g, '_')}_${(made += 1)}`;
}

/** Functions that nobody holds any longer are taken out of TensorFlow. */
const unreachable = new FinalizationRegistry<string>((name) => {
  nativeBackend()?.binding.removeFunction?.(name);
});

/** A program in TensorFlow's hands. */
export class CompiledProgram {
  private readonly name: string;
  private readonly sources: readonly Source[];
  private readonly updates: readonly SharedVariable[];
  private readonly assemble: Assemble;
  private readonly count: number;

  /** @throws Error when TensorFlow does not take the graph. */
  constructor(
    private readonly backend: NativeBackend,
    program: Program,
    label: string,
  ) {
    const { inputs, nodes, results, updates, assemble } = program;
    const { binding } = backend;
    const stateful = statefulOp(binding, nodes);
    if (stateful !== undefined) throw new Error(`op ${stateful} keeps a state of its own`);
    this.name = nameFor(label);
    this.sources = inputs.map(({ source }) => source);
    this.updates = updates;
    this.assemble = assemble;
    this.count = results.length;
    const [from, to] = [inputs, results].map((places) => places.map(({ name }) => name));
    binding.addFunction!(this.name, graphOf(binding, inputs, nodes), from, to);
    unreachable.register(this, this.name);
  }

  /** Whether all that the body captured is still there. */
  isWhole(): boolean {
    return this.sources.every((source) => {
      if ('argument' in source) return true;
      return this.backend.tensorMap.has(dataOf(source));
    });
  }

  /**
   * Runs it.
   * @returns The outputs, owned by the caller.
   * @throws Error when TensorFlow cannot run it; no variable has then changed.
   */
  run(args: readonly tf.Tensor[]): unknown {
    const { backend, count, updates } = this;
    const results = backend.binding.executeOp(this.name, [], this.inputIds(args), count);
    const first = count - updates.length;
    const outputs = results.slice(0, first).map((one) => backend.createOutputTensor(one));
    updates.forEach((shared, i) => this.update(shared, results[first + i]));
    return this.assemble(outputs, args);
  }

  private inputIds(args: readonly tf.Tensor[]): number[] {
    const { backend } = this;
    return this.sources.map((source) => {
      const data = 'argument' in source ? args[source.argument].dataId : dataOf(source);
      return handleOf(backend, backend.binding, data);
    });
  }

  /** In place, where nobody else looks at the old value. */
  private update(shared: SharedVariable, result: TensorMetadata): void {
    const { backend } = this;
    const data = backend.tensorMap.get(shared.held());
    if (data.refCount === 1) return replaceData(backend.binding, data, result.id);
    const next = backend.createOutputTensor(result);
    shared.assign(next);
    next.dispose();
  }
}

function dataOf(source: Exclude<Source, { argument: number }>): DataId {
  if ('shared' in source) return source.shared.held();
  return 'variable' in source ? source.variable.dataId : source.data;
}
