/**
 * @file Many calls of a traced body in one: a loop inside TensorFlow over the rows of the
 * arguments. What is the same for every row is computed once, before the loop; shared variables
 * pass from row to row; outputs are stacked. Where a body sets no shared variable no row waits for
 * another: several loops, over a part of the rows each, run side by side.
 */
import { CompiledProgram } from './compiled_program';
import { ATTR_FUNCTION, type ConstantValues, type NativeBackend, type OpAttribute } from './native';
import { type Graph, NativeFunction } from './native_function';
import type { Program } from './program';
import type { SharedVariable } from './shared';
import {
  hasOwnOps,
  isSmall,
  onOneThread,
  opsAtOnce,
  opsFillProcessors,
  withThreads,
} from './threads';
import type { GraphInput, Place, TracedNode } from './trace';

/** TensorFlow's number for lists of tensors. */
const DT_VARIANT = 21;

const nodeOf = ({ name }: Place) => name.split(':')[0];

/**
 * Whether a loop over a body is worth it. What a call costs is little to a body whose products are
 * large, but saved where our own op computes them; and where no row waits for another, rows on all
 * processors beat products that are shared out among them. Not convolutions: TensorFlow hands fewer
 * of its ops to oneDNN in a loop, and a convolutional network would take more than twice its time.
 */
export function canLoop(backend: NativeBackend, { work, updates }: Program): boolean {
  if (isSmall(work.most)) return true;
  if (work.most === Infinity) return false;
  return updates.length === 0 ? opsFillProcessors(backend) : hasOwnOps(backend);
}

/** A turn as its thread is to compute it: alone where rows run side by side. */
function arranged(backend: NativeBackend, { work, updates }: Program, turn: Graph): Graph {
  if (updates.length > 0 || isSmall(work.most)) return withThreads(backend, turn, work);
  return onOneThread(backend, turn);
}

const attribute = (name: string, type: number, value: unknown): OpAttribute => ({
  name,
  type,
  value,
});

/** Nodes of a graph that are not traced. */
class Nodes {
  readonly all: TracedNode[] = [];

  /** @param prefix - Of their names, which tells these nodes from others in the graph. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly prefix = 'loop',
  ) {}

  /** @returns The first output. */
  add(op: string, inputs: Place[], dtype: number, more: Partial<TracedNode> = {}): Place {
    const node = {
      name: `${this.prefix}_${op}_${this.all.length}`,
      op,
      inputs,
      attributes: [],
      ...more,
    };
    this.all.push(node);
    return { name: `${node.name}:0`, dtype };
  }

  int(value: number): Place {
    const dtype = this.backend.binding.TF_INT32;
    const values: ConstantValues = Int32Array.of(value);
    return this.add('Const', [], dtype, { constant: { shape: [], dtype, values } });
  }

  /** An element along the first axis. */
  row(from: Place, index: Place, name?: string): Place {
    const inputs = [from, index, this.int(0)];
    return this.add('GatherV2', inputs, from.dtype, name === undefined ? {} : { name });
  }
}

/** How the parts of a body change from row to row. */
export class Parts {
  readonly args: readonly GraphInput[];
  /** What the body sets, and where it reads it. */
  readonly states: readonly { shared: SharedVariable; input: GraphInput }[];
  /** Nodes that are the same for all rows. */
  readonly fixed: readonly TracedNode[];
  readonly varying: readonly TracedNode[];
  /** What the varying part takes from outside of the loop. */
  readonly held: readonly Place[];

  constructor(readonly program: Program) {
    const { inputs, nodes, updates } = program;
    this.args = inputs.filter(({ source }) => 'argument' in source);
    this.states = updates.map((shared, i) => ({ shared, input: this.stateInput(shared, i) }));
    const changing = new Set([...this.args, ...this.states.map(({ input }) => input)].map(nodeOf));
    for (const node of nodes) {
      if (node.inputs.some((input) => changing.has(nodeOf(input)))) changing.add(node.name);
    }
    this.varying = nodes.filter(({ name, constant }) => constant || changing.has(name));
    this.fixed = nodes.filter(({ name }) => !changing.has(name));
    const inside = new Set([
      ...changing,
      ...nodes.filter((one) => one.constant).map((n) => n.name),
    ]);
    const used = [...this.varying.flatMap((node) => node.inputs), ...program.results];
    const held = new Map(used.filter((one) => !inside.has(nodeOf(one))).map((p) => [p.name, p]));
    this.held = [...held.values()];
  }

  private stateInput(shared: SharedVariable, index: number): GraphInput {
    const { inputs, results, updates } = this.program;
    const read = inputs.find(({ source }) => 'shared' in source && source.shared === shared);
    if (read) return read;
    const { dtype } = results[results.length - updates.length + index];
    return { name: `unread_${index}`, dtype, shape: shared.shape, source: { shared } };
  }
}

/** How many ports come before those of the arguments. */
const COUNTERS = 3;

function portsOf(parts: Parts, int32: number): Place[] {
  return [
    { name: 'loop_index', dtype: int32, shape: [] },
    { name: 'loop_end', dtype: int32, shape: [] },
    { name: 'loop_start', dtype: int32, shape: [] },
    ...parts.args.map((arg) => ({ ...arg, name: `rows_${arg.name}`, shape: [-1, ...arg.shape] })),
    ...parts.held.map((place, i) => ({ ...place, name: `held_${i}` })),
    ...parts.states.map(({ input }) => input),
    ...outputsOf(parts.program).map((_, i) => ({ name: `list_${i}`, dtype: DT_VARIANT })),
  ];
}

const outputsOf = ({ results, updates }: Program) =>
  results.slice(0, results.length - updates.length);

/** One turn. */
function bodyOf(backend: NativeBackend, parts: Parts, ports: readonly Place[]): Graph {
  const { program, args, held } = parts;
  const nodes = new Nodes(backend);
  const [index, end, start] = ports;
  const local = new Map(held.map(({ name }, i) => [name, `held_${i}`]));
  const inside = (place: Place) => ({ ...place, name: local.get(place.name) ?? place.name });
  const taken = new Nodes(backend, 'taken');
  args.forEach((arg, i) => taken.row(ports[COUNTERS + i], index, arg.name));
  const same = (place: Place) => nodes.add('Identity', [place], place.dtype);
  const next = nodes.add('AddV2', [index, nodes.int(1)], index.dtype);
  const place = nodes.add('Sub', [index, start], index.dtype);
  const outputs = outputsOf(program);
  const lists = outputs.map((output, i) => {
    const inputs = [ports[ports.length - outputs.length + i], place, inside(output)];
    return nodes.add('TensorListSetItem', inputs, DT_VARIANT);
  });
  const states = program.results.slice(outputs.length).map(inside);
  const kept = [end, start, ...ports.slice(COUNTERS, COUNTERS + args.length + held.length)];
  return {
    inputs: ports,
    results: [next, ...kept.map(same), ...states, ...lists],
    nodes: [
      ...taken.all,
      ...parts.varying.map((node) => ({ ...node, inputs: node.inputs.map(inside) })),
      ...nodes.all,
    ],
  };
}

/** Whether there is another row. */
function conditionOf(backend: NativeBackend, inputs: readonly Place[]): Graph {
  const nodes = new Nodes(backend);
  const less = nodes.add('Less', [inputs[0], inputs[1]], backend.binding.TF_BOOL);
  return { inputs, nodes: nodes.all, results: [less] };
}

/** All turns: what is fixed, then the loop, then the outputs stacked. */
function wholeOf(
  backend: NativeBackend,
  parts: Parts,
  ports: readonly Place[],
  [condition, body]: readonly NativeFunction[],
): Graph & { inputs: GraphInput[] } {
  const { program, args, held, states } = parts;
  const { TF_ATTR_TYPE, TF_INT32 } = backend.binding;
  const nodes = new Nodes(backend);
  const outputs = outputsOf(program);
  const elements = (dtype: number) => ({
    attributes: [attribute('element_dtype', TF_ATTR_TYPE, dtype)],
  });
  const calls = [
    attribute('cond', ATTR_FUNCTION, condition.name),
    attribute('body', ATTR_FUNCTION, body.name),
  ];
  const count = nodes.row(nodes.add('Shape', [args[0]], TF_INT32), nodes.int(0));
  /** The rows from `start` on until `end`, one after the other. */
  const loop = (start: Place, end: Place): Place[] => {
    const size = nodes.add('Sub', [end, start], TF_INT32);
    const lists = outputs.map(({ dtype }) =>
      nodes.add('TensorListReserve', [nodes.int(-1), size], DT_VARIANT, elements(dtype)),
    );
    const inputs = [start, end, start, ...args, ...held, ...states.map((s) => s.input), ...lists];
    const { name } = nodes.add('StatelessWhile', inputs, TF_INT32, { attributes: calls });
    return ports.map(({ dtype }, i) => ({ name: name.replace(/0$/, `${i}`), dtype }));
  };
  const several = states.length > 0 ? 1 : opsAtOnce(backend);
  const borders = Array.from({ length: several + 1 }, (_, i) => {
    const product = nodes.add('Mul', [count, nodes.int(i)], TF_INT32);
    return nodes.add('FloorDiv', [product, nodes.int(several)], TF_INT32);
  });
  const ends = borders.slice(1).map((end, i) => loop(borders[i], end));
  const last = ports.length - outputs.length;
  const stacks = outputs.map(({ dtype }, i) => {
    const list = ends
      .map((end) => end[last + i])
      .reduce((a, b) => nodes.add('TensorListConcatLists', [a, b], DT_VARIANT, elements(dtype)));
    return nodes.add('TensorListStack', [list, nodes.int(-1)], dtype, elements(dtype));
  });
  const plain = program.inputs.filter((input) => !args.includes(input));
  const unread = states.map(({ input }) => input).filter((one) => !plain.includes(one));
  const rows = args.map((arg) => ({ ...arg, shape: [-1, ...arg.shape] }));
  return {
    inputs: [...rows, ...plain, ...unread],
    nodes: [...parts.fixed, ...nodes.all],
    results: [...stacks, ...ends[0].slice(last - states.length, last)],
  };
}

/**
 * @param program - Of a body; its outputs must stack.
 * @returns The same for arguments with one more axis in front: one row for each call.
 * @throws Error when TensorFlow does not take the graph.
 */
export function compileLoop(
  backend: NativeBackend,
  program: Program,
  label: string,
): CompiledProgram {
  const parts = new Parts(program);
  const ports = portsOf(parts, backend.binding.TF_INT32);
  const inner = [
    new NativeFunction(backend, conditionOf(backend, ports), `${label}_goes_on`),
    new NativeFunction(
      backend,
      arranged(backend, program, bodyOf(backend, parts, ports)),
      `${label}_body`,
    ),
  ];
  const whole = wholeOf(backend, parts, ports, inner);
  const native = new NativeFunction(backend, whole, `${label}_loop`, inner);
  return new CompiledProgram(backend, { ...program, ...whole }, native);
}
