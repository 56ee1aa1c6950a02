/**
 * @file TensorFlow's messages, as far as graphs are made of them. The classes come with tfjs-node,
 * without types and only where there is a native engine, hence this description.
 */

interface Message {
  serializeBinary(): Uint8Array;
}

export interface ShapeMessage extends Message {
  addDim(dim: { setSize(size: number): void }): void;
}

export interface TensorMessage extends Message {
  setDtype(dtype: number): void;
  setTensorShape(shape: ShapeMessage): void;
  setTensorContent(bytes: Uint8Array): void;
}

export interface ListMessage extends Message {
  setSList(values: Uint8Array[]): void;
  setIList(values: number[]): void;
  setFList(values: number[]): void;
  setBList(values: boolean[]): void;
  setTypeList(values: number[]): void;
  setShapeList(values: ShapeMessage[]): void;
}

export interface FunctionMessage extends Message {
  setName(name: string): void;
}

export interface AttrMessage extends Message {
  setList(list: ListMessage): void;
  setS(value: Uint8Array): void;
  setI(value: number): void;
  setF(value: number): void;
  setB(value: boolean): void;
  setType(value: number): void;
  setShape(value: ShapeMessage): void;
  setTensor(value: TensorMessage): void;
  setFunc(value: FunctionMessage): void;
}

export interface NodeMessage extends Message {
  setName(name: string): void;
  setOp(op: string): void;
  setInputList(inputs: string[]): void;
  getAttrMap(): { set(name: string, value: AttrMessage): void };
}

export interface GraphMessage extends Message {
  addNode(node: NodeMessage): void;
  setVersions(versions: { setProducer(version: number): void }): void;
}

export interface OpMessage extends Message {
  getIsStateful(): boolean;
  getAttrList(): { getName(): string; getDefaultValue(): unknown }[];
  getInputArgList(): {
    getTypeAttr(): string;
    getNumberAttr(): string;
    getTypeListAttr(): string;
  }[];
}

interface Messages {
  TensorShape: (new () => ShapeMessage) & { Dim: new () => { setSize(size: number): void } };
  Tensor: new () => TensorMessage;
  AttrValue: (new () => AttrMessage) & { ListValue: new () => ListMessage };
  NameAttrList: new () => FunctionMessage;
  NodeDef: new () => NodeMessage;
  GraphDef: new () => GraphMessage;
  VersionDef: new () => { setProducer(version: number): void };
  OpDef: { deserializeBinary(bytes: Uint8Array): OpMessage };
}

/** The classes; to be asked for only where the native engine runs. */
export function messages(): Messages {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js') as Messages;
}
