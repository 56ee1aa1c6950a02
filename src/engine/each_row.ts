/**
 * @file Many calls of a traced body whose products are large, each a call of TensorFlow's: what is
 * the same for every row, e.g. the norms of weights in monitoring, is computed once before.
 */
import { type Compiled, CompiledProgram } from './compiled_program';
import { Parts } from './loop';
import type { NativeBackend } from './native';
import { NativeFunction } from './native_function';
import type { Program } from './program';
import { rowsOf, stackOutputs } from './rows';
import * as tf from './tf';
import { withThreads } from './threads';
import type { Place } from './trace';

/** A body in two: what no row changes, and the rest. */
class EachRow implements Compiled {
  constructor(
    private readonly fixed: CompiledProgram,
    private readonly step: CompiledProgram,
  ) {}

  isWhole(): boolean {
    return this.step.isWhole();
  }

  /** @param args - One row for each call. */
  run(args: readonly tf.Tensor[]): unknown {
    const rows = rowsOf(args);
    const held = this.fixed.run([]) as tf.Tensor[];
    try {
      return stackOutputs(rows.map((row) => this.step.run(row, held)));
    } finally {
      tf.dispose([rows, held]);
    }
  }
}

/**
 * @param program - Of a body; its outputs must stack.
 * @returns The same for arguments with one more axis in front; undefined where every row changes all.
 * @throws Error when TensorFlow does not take the graph.
 */
export function compileEachRow(
  backend: NativeBackend,
  program: Program,
  label: string,
): Compiled | undefined {
  const { args, fixed, varying, held } = new Parts(program);
  const inputs = program.inputs.filter((input) => !args.includes(input));
  const names = new Set(program.inputs.map(({ name }) => name));
  const computed = held.filter(({ name }) => !names.has(name));
  if (computed.length === 0) return undefined;
  const ports = computed.map((place, i) => ({ ...place, name: `held_${i}` }));
  const local = new Map(computed.map(({ name }, i) => [name, ports[i].name]));
  const inside = (place: Place) => ({ ...place, name: local.get(place.name) ?? place.name });
  const before = new NativeFunction(
    backend,
    { inputs, nodes: fixed, results: computed },
    `${label}_fixed`,
  );
  const graph = {
    inputs: [...program.inputs, ...ports],
    nodes: varying.map((node) => ({ ...node, inputs: node.inputs.map(inside) })),
    results: program.results.map(inside),
  };
  const row = withThreads(backend, graph, program.work);
  return new EachRow(
    new CompiledProgram(
      backend,
      { inputs, results: computed, updates: [], assemble: (outputs) => outputs },
      before,
    ),
    new CompiledProgram(backend, program, new NativeFunction(backend, row, `${label}_row`)),
  );
}
