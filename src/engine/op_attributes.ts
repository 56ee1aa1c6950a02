/**
 * @file Attributes that eager ops leave to be inferred and that a graph must state: the types and
 * the numbers of an op's inputs, by TensorFlow's own definition of the op.
 */
import type { NativeBinding, OpAttribute } from './native';
import { messages, type OpMessage } from './protobuf';
import type { TracedNode } from './trace';

const definitions = new Map<string, OpMessage>();

/** TensorFlow's definition of an op. */
export function definitionOf(binding: NativeBinding, op: string): OpMessage {
  const known = definitions.get(op);
  if (known) return known;
  const bytes = new Uint8Array(binding.opDefinition!(op));
  const definition = messages().OpDef.deserializeBinary(bytes);
  definitions.set(op, definition);
  return definition;
}

/** How many inputs an argument of the definition takes. */
function lengthOf(number: string, given: ReadonlyMap<string, OpAttribute>, left: number): number {
  return number === '' ? 1 : ((given.get(number)?.value as number | undefined) ?? left);
}

/** The attributes of a node, with those that its inputs tell added. */
export function wholeAttributes(binding: NativeBinding, node: TracedNode): OpAttribute[] {
  const given = new Map(node.attributes.map((one) => [one.name, one]));
  const add = (name: string, type: number, value: unknown) => {
    if (name !== '' && !given.has(name)) given.set(name, { name, type, value });
  };
  const args = definitionOf(binding, node.op).getInputArgList();
  let next = 0;
  args.forEach((arg, i) => {
    const left = node.inputs.length - next - (args.length - i - 1);
    const several = arg.getTypeListAttr();
    const length = several === '' ? lengthOf(arg.getNumberAttr(), given, left) : left;
    const types = node.inputs.slice(next, next + length).map(({ dtype }) => dtype);
    add(arg.getNumberAttr(), binding.TF_ATTR_INT, length);
    add(several, binding.TF_ATTR_TYPE, types);
    add(arg.getTypeAttr(), binding.TF_ATTR_TYPE, types[0]);
    next += length;
  });
  return [...given.values()];
}
