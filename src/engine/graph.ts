/** @file Writes what was traced as a TensorFlow graph. */
import { ATTR_FUNCTION, type NativeBinding, type OpAttribute } from './native';
import { definitionOf, wholeAttributes } from './op_attributes';
import {
  type AttrMessage,
  type FunctionMessage,
  messages,
  type NodeMessage,
  type ShapeMessage,
} from './protobuf';
import type { Place, TracedNode } from './trace';

/** The version of TensorFlow's graphs that the ops are written for (2.9's). */
const PRODUCER = 1087;

function shapeMessage(shape: readonly number[]): ShapeMessage {
  const { TensorShape } = messages();
  const message = new TensorShape();
  for (const size of shape) {
    const dim = new TensorShape.Dim();
    dim.setSize(size);
    message.addDim(dim);
  }
  return message;
}

function functionMessage(name: string): FunctionMessage {
  const message = new (messages().NameAttrList)();
  message.setName(name);
  return message;
}

function setAttribute(node: NodeMessage, name: string, fill: (value: AttrMessage) => void): void {
  const value = new (messages().AttrValue)();
  fill(value);
  node.getAttrMap().set(name, value);
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

/** Fills a message from an attribute as the binding takes it. */
function fillAttribute(
  binding: NativeBinding,
  { type, value }: OpAttribute,
  to: AttrMessage,
): void {
  if (Array.isArray(value) && type !== binding.TF_ATTR_SHAPE) {
    const list = new (messages().AttrValue.ListValue)();
    if (type === binding.TF_ATTR_INT) list.setIList(value as number[]);
    else if (type === binding.TF_ATTR_FLOAT) list.setFList(value as number[]);
    else if (type === binding.TF_ATTR_BOOL) list.setBList(value as boolean[]);
    else if (type === binding.TF_ATTR_TYPE) list.setTypeList(value as number[]);
    else list.setSList((value as string[]).map(bytesOf));
    to.setList(list);
  } else if (type === ATTR_FUNCTION) to.setFunc(functionMessage(value as string));
  else if (type === binding.TF_ATTR_INT) to.setI(value as number);
  else if (type === binding.TF_ATTR_FLOAT) to.setF(value as number);
  else if (type === binding.TF_ATTR_BOOL) to.setB(value as boolean);
  else if (type === binding.TF_ATTR_TYPE) to.setType(value as number);
  else if (type === binding.TF_ATTR_SHAPE) to.setShape(shapeMessage(value as number[]));
  else to.setS(bytesOf(value as string));
}

function newNode(name: string, op: string, inputs: string[]): NodeMessage {
  const node = new (messages().NodeDef)();
  node.setName(name);
  node.setOp(op);
  node.setInputList(inputs);
  return node;
}

function inputNode({ name, dtype, shape }: Place): NodeMessage {
  const node = newNode(name, 'Placeholder', []);
  setAttribute(node, 'dtype', (value) => value.setType(dtype));
  if (shape) setAttribute(node, 'shape', (value) => value.setShape(shapeMessage(shape)));
  return node;
}

function constantNode({ name, constant }: TracedNode): NodeMessage {
  const { shape, dtype, values } = constant!;
  const tensor = new (messages().Tensor)();
  tensor.setDtype(dtype);
  tensor.setTensorShape(shapeMessage(shape));
  tensor.setTensorContent(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const node = newNode(name, 'Const', []);
  setAttribute(node, 'dtype', (value) => value.setType(dtype));
  setAttribute(node, 'value', (value) => value.setTensor(tensor));
  return node;
}

function opNode(binding: NativeBinding, traced: TracedNode): NodeMessage {
  const names = traced.inputs.map(({ name }) => name);
  const order = traced.after === undefined ? [] : [`^${traced.after}`];
  const node = newNode(traced.name, traced.op, [...names, ...order]);
  for (const one of wholeAttributes(binding, traced)) {
    setAttribute(node, one.name, (value) => fillAttribute(binding, one, value));
  }
  return node;
}

/** An op that remembers something between calls, if there is one. */
export function statefulOp(
  binding: NativeBinding,
  nodes: readonly TracedNode[],
): string | undefined {
  return nodes.find(({ op }) => definitionOf(binding, op).getIsStateful())?.op;
}

/** A serialized GraphDef. */
export function graphOf(
  binding: NativeBinding,
  inputs: readonly Place[],
  nodes: readonly TracedNode[],
): Uint8Array {
  const { GraphDef, VersionDef } = messages();
  const graph = new GraphDef();
  const versions = new VersionDef();
  versions.setProducer(PRODUCER);
  graph.setVersions(versions);
  for (const input of inputs) graph.addNode(inputNode(input));
  for (const node of nodes) {
    graph.addNode(node.constant ? constantNode(node) : opNode(binding, node));
  }
  return graph.serializeBinary();
}
