/**
 * @file Leaves out of a traced body what need not be computed: what leads to no result, what was
 * computed before from the same values, casts of numbers to the type that they have.
 */
import type { Place, TracedNode } from './trace';

const nodeOf = ({ name }: Place) => name.split(':')[0];

function isCastToOwnType({ op, attributes, inputs }: TracedNode): boolean {
  if (op !== 'Cast') return false;
  return attributes.some(({ name, value }) => name === 'DstT' && value === inputs[0].dtype);
}

/** Larger constants are not compared. */
const COMPARED = 64;

/** What two nodes have in common that compute the same. */
function signatureOf({ name, op, attributes, inputs, constant }: TracedNode): string {
  if (constant && constant.values.length > COMPARED) return name;
  const from = inputs.map((input) => input.name);
  const values = constant && [constant.shape, constant.dtype, Array.from(constant.values)];
  return JSON.stringify([op, attributes, from, values]);
}

/** Nodes that lead to a result, in their order. */
function needed(nodes: readonly TracedNode[], results: readonly Place[]): TracedNode[] {
  const wanted = new Set(results.map(nodeOf));
  const found: TracedNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (!wanted.has(node.name)) continue;
    node.inputs.forEach((input) => wanted.add(nodeOf(input)));
    found.push(node);
  }
  return found.reverse();
}

/**
 * @param nodes - Each after those that it takes its inputs from; none keeps a state.
 * @returns Nodes and results that compute the same.
 */
export function simplified(
  nodes: readonly TracedNode[],
  results: readonly Place[],
): { nodes: TracedNode[]; results: Place[] } {
  const same = new Map<string, Place>();
  const known = new Map<string, string>();
  const now = (place: Place): Place => {
    const direct = same.get(place.name);
    if (direct) return direct;
    const [name, output] = place.name.split(':');
    const twin = same.get(name);
    return twin ? { ...place, name: `${twin.name}:${output}` } : place;
  };
  const kept: TracedNode[] = [];
  const given = new Set(results.map(nodeOf));
  for (const one of nodes) {
    const node = { ...one, inputs: one.inputs.map(now) };
    // A result is to come from a node, not from an input.
    if (isCastToOwnType(node) && !given.has(node.name)) {
      same.set(`${node.name}:0`, node.inputs[0]);
      continue;
    }
    const signature = signatureOf(node);
    const twin = known.get(signature);
    if (twin !== undefined) same.set(node.name, { name: twin, dtype: 0 });
    else {
      known.set(signature, node.name);
      kept.push(node);
    }
  }
  const places = results.map(now);
  return { nodes: needed(kept, places), results: places };
}
