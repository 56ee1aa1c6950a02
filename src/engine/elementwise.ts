/**
 * @file Joins elementwise ops of one shape that feed each other into one op of our own, which goes
 * through memory once (kernel/setup/engine/elementwise.h): the update of a parameter, the mask of a
 * dropout, the slope of a cost. On processors, and to the last bit what the ops give.
 */
import type { NativeBackend } from './native';
import type { Graph } from './native_function';
import type { Place, TracedNode } from './trace';

/** Of our addition to the binding. */
const OP = 'Tslearn2Elementwise';
const UNIFORM = 'Tslearn2Uniform';

/** Ops, and the numbers by which ours knows them (its `Code`). */
const CODES: Readonly<Record<string, number>> = {
  [UNIFORM]: 0,
  Cast: 1,
  Neg: 2,
  Square: 3,
  Sqrt: 4,
  Abs: 5,
  Add: 6,
  AddV2: 6,
  Sub: 7,
  Mul: 8,
  RealDiv: 9,
  Less: 10,
  Relu: 11,
  ReluGrad: 12,
};

const nodeOf = ({ name }: Place) => name.split(':')[0];
const sizeOf = (shape: readonly number[]) => shape.reduce((size, length) => size * length, 1);

/** What a graph's nodes give, and who takes it. */
class Uses {
  readonly shapes = new Map<string, readonly number[]>();
  private readonly takers = new Map<string, TracedNode[]>();
  private readonly given: ReadonlySet<string>;

  constructor({ nodes, results }: Graph) {
    this.given = new Set(results.map(nodeOf));
    for (const { name, shape } of [...nodes.flatMap((node) => node.inputs), ...results]) {
      if (shape) this.shapes.set(name.split(':')[0], shape);
    }
    for (const node of nodes) {
      for (const name of new Set(node.inputs.map(nodeOf))) {
        this.takers.set(name, [...this.takersOf(name), node]);
      }
    }
  }

  takersOf(name: string): readonly TracedNode[] {
    return this.takers.get(name) ?? [];
  }

  isGiven(name: string): boolean {
    return this.given.has(name);
  }
}

/** Whether the input is a number, a row that is repeated, or in the shape of the result. */
function spreads(shape: readonly number[] | undefined, over: readonly number[]): boolean {
  if (!shape) return false;
  const size = sizeOf(shape);
  if (size === 1 || size === sizeOf(over)) return true;
  const row = shape.slice(shape.findIndex((length) => length !== 1));
  return row.every((length, i) => length === over[over.length - row.length + i]);
}

/** Which nodes of a graph can be joined with others. */
function joinable({ nodes }: Graph, uses: Uses, float: number): ReadonlySet<string> {
  const found = new Set<string>();
  const isNumbers = (node: TracedNode, over: readonly number[]) =>
    node.inputs.every(({ dtype, shape }) => dtype === float && spreads(shape, over));
  /** Truth values stay inside: they become numbers there. */
  const isMask = (node: TracedNode) =>
    !uses.isGiven(node.name) &&
    uses.takersOf(node.name).every(({ op, attributes }) => {
      const to = attributes.find(({ name }) => name === 'DstT')?.value;
      return op === 'Cast' && to === float;
    });
  for (const node of nodes) {
    const shape = uses.shapes.get(node.name);
    if (!(node.op in CODES) || !shape || shape.includes(-1) || sizeOf(shape) === 0) continue;
    const fits =
      node.op === UNIFORM ||
      (node.op === 'Cast'
        ? found.has(nodeOf(node.inputs[0])) && node.inputs[0].dtype !== float
        : isNumbers(node, shape) && (node.op !== 'Less' || isMask(node)));
    if (fits) found.add(node.name);
  }
  return found;
}

/**
 * Levels of nodes: of a node and one that it takes from, the later is higher where they cannot be
 * joined, and nodes of one level are joined, so that no group waits for what waits for itself. What
 * is computed long before it is wanted, e.g. the momentum of a parameter, rises to those who want it.
 */
function levelsOf(
  { nodes }: Graph,
  uses: Uses,
  isAlike: (a: string, b: string) => boolean,
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { name, inputs } of nodes) {
    const least = inputs.map(nodeOf).map((from) => {
      const level = levels.get(from);
      return level === undefined ? 0 : level + (isAlike(from, name) ? 0 : 1);
    });
    levels.set(name, Math.max(0, ...least));
  }
  for (const { name } of [...nodes].reverse()) {
    const takers = uses.takersOf(name).map((taker) => taker.name);
    if (!takers.some((taker) => isAlike(name, taker))) continue;
    const most = takers.map((taker) => levels.get(taker)! - (isAlike(name, taker) ? 0 : 1));
    levels.set(name, Math.min(...most));
  }
  return levels;
}

/** Groups of nodes, each to become one. */
function groupsOf(graph: Graph, uses: Uses, float: number): TracedNode[][] {
  const fits = joinable(graph, uses, float);
  const shapeOf = (name: string) => uses.shapes.get(name)!.join();
  const isAlike = (a: string, b: string) => fits.has(a) && fits.has(b) && shapeOf(a) === shapeOf(b);
  const levels = levelsOf(graph, uses, isAlike);
  const groups = new Map<string, TracedNode[]>();
  for (const node of graph.nodes) {
    if (!fits.has(node.name)) continue;
    const sources = node.inputs
      .map(nodeOf)
      .filter((from) => isAlike(from, node.name) && levels.get(from) === levels.get(node.name));
    const joined = new Set(sources.map((name) => groups.get(name)!));
    const group = [...[...joined].flat(), node];
    for (const member of group) groups.set(member.name, group);
  }
  return [...new Set(groups.values())].filter((group) => group.length > 1);
}

/** One node in the place of a group, and where what the group gave is found. */
function join(
  { binding }: NativeBackend,
  group: readonly TracedNode[],
  uses: Uses,
  name: string,
): { node: TracedNode; places: Map<string, string> } {
  const { TF_ATTR_INT: type } = binding;
  const order = new Map(group.map((node, i) => [node.name, i]));
  const isInside = (place: Place) => order.has(nodeOf(place));
  const distinct = (places: Place[]) => [...new Map(places.map((one) => [one.name, one])).values()];
  const numbers = distinct(
    group.flatMap((node) => (node.op === UNIFORM ? [] : node.inputs.filter((p) => !isInside(p)))),
  );
  const seeds = distinct(
    group.filter(({ op }) => op === UNIFORM).map(({ inputs: [, seed] }) => seed),
  );
  const indexIn = (places: Place[], place: Place) => places.findIndex((p) => p.name === place.name);
  const slot = (place: Place) =>
    isInside(place) ? numbers.length + order.get(nodeOf(place))! : indexIn(numbers, place);
  const program = group.flatMap(({ op, inputs }) => {
    const taken = op === UNIFORM ? [indexIn(seeds, inputs[1])] : inputs.map(slot);
    return [CODES[op], taken[0], taken.at(-1)!];
  });
  const given = group.filter(
    (node) =>
      uses.isGiven(node.name) || uses.takersOf(node.name).some((taker) => !order.has(taker.name)),
  );
  const attribute = (key: string, value: unknown) => ({ name: key, type, value });
  const node = {
    name,
    op: OP,
    inputs: [...numbers, ...seeds],
    attributes: [
      attribute('N', numbers.length),
      attribute('S', seeds.length),
      attribute('K', given.length),
      attribute('shape', uses.shapes.get(group[0].name)),
      attribute('program', program),
      attribute(
        'slots',
        given.map((one) => numbers.length + order.get(one.name)!),
      ),
    ],
  };
  return { node, places: new Map(given.map((one, i) => [one.name, `${name}:${i}`])) };
}

/** Each node after those that it takes its inputs from, else in the order in which they come. */
function sorted(nodes: readonly TracedNode[]): TracedNode[] {
  const waiting = new Map(nodes.map((node) => [node.name, node]));
  const done: TracedNode[] = [];
  const visit = (node: TracedNode) => {
    if (!waiting.delete(node.name)) return;
    for (const input of node.inputs) {
      const source = waiting.get(nodeOf(input));
      if (source) visit(source);
    }
    done.push(node);
  };
  nodes.forEach(visit);
  return done;
}

/** A graph that computes the same with fewer ops. */
export function withJoinedOps<G extends Graph>(backend: NativeBackend, graph: G): G {
  const uses = new Uses(graph);
  const groups = groupsOf(graph, uses, backend.binding.TF_FLOAT);
  if (groups.length === 0) return graph;
  const joined = groups.map((group, i) => join(backend, group, uses, `joined_${i}`));
  const gone = new Set(groups.flat().map(({ name }) => name));
  const places = new Map(joined.flatMap((one) => [...one.places]));
  const now = (place: Place) => ({ ...place, name: places.get(nodeOf(place)) ?? place.name });
  const nodes = [
    ...graph.nodes.filter(({ name }) => !gone.has(name)),
    ...joined.map((j) => j.node),
  ];
  return {
    ...graph,
    nodes: sorted(nodes.map((node) => ({ ...node, inputs: node.inputs.map(now) }))),
    results: graph.results.map(now),
  };
}
