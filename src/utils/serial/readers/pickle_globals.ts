/** @file The few functions and classes that a pickle may name, and what stands for them here. */
import { DataError, show } from '../../errors';
import { NumpyArray, NumpyDtype, numpyFromBuffer, numpyScalar } from './pickle_numpy';

/** Something of Python's that can be called. */
export class PyClass {
  constructor(
    readonly name: string,
    readonly call: (args: readonly unknown[]) => unknown,
  ) {}
}

function items(args: readonly unknown[]): unknown[] {
  const [first = []] = args;
  if (Array.isArray(first)) return first;
  if (first instanceof Set) return [...first];
  throw new DataError(`damaged: a list expected, received ${show(first)}`);
}

function orderedDict(args: readonly unknown[]): Map<unknown, unknown> {
  return new Map(items(args).map((pair) => items([pair]) as [unknown, unknown]));
}

/** Bytes out of a text, which is how protocols before 3 write them. */
function toBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return new Uint8Array(Buffer.from(value, 'latin1'));
  throw new DataError(`damaged: bytes expected, received ${show(value)}`);
}

function makeBytes(args: readonly unknown[]): Uint8Array {
  return args.length === 0 ? new Uint8Array(0) : toBytes(args[0]);
}

function refuse(what: string): () => never {
  return () => {
    throw new DataError(`the pickle has ${what}; only plain data is loaded from pickles`);
  };
}

const builtins: Record<string, ((args: readonly unknown[]) => unknown) | undefined> = {
  set: (args) => new Set(items(args)),
  frozenset: (args) => new Set(items(args)),
  list: items,
  tuple: items,
  dict: orderedDict,
  bytes: makeBytes,
  bytearray: makeBytes,
  complex: refuse('a complex number'),
  object: refuse('an object of a class'),
};

const multiarray: typeof builtins = {
  _reconstruct: () => new NumpyArray(),
  scalar: ([dtype, bytes]) => numpyScalar(dtype, bytes),
};

/** Known only so that the name of the class, which comes next, is the one that is refused. */
const copyreg: typeof builtins = { _reconstructor: refuse('an object of a class') };

const modules: Record<string, typeof builtins | undefined> = {
  builtins,
  __builtin__: builtins,
  copyreg,
  copy_reg: copyreg,
  _codecs: { encode: makeBytes },
  collections: { OrderedDict: orderedDict },
  numpy: {
    dtype: ([descr]) => new NumpyDtype(descr),
    ndarray: () => new NumpyArray(),
  },
  'numpy.core.multiarray': multiarray,
  'numpy._core.multiarray': multiarray,
  'numpy.core.numeric': { _frombuffer: numpyFromBuffer },
  'numpy._core.numeric': { _frombuffer: numpyFromBuffer },
};

/** @throws {@link DataError} for everything that is not plain data, which is then never touched. */
export function findGlobal(module: string, name: string): PyClass {
  const members = Object.hasOwn(modules, module) ? modules[module] : undefined;
  const call = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
  if (call !== undefined) return new PyClass(`${module}.${name}`, call);
  throw new DataError(
    `the pickle needs Python's \`${module}.${name}\`; only plain data is loaded from pickles: ` +
      'numbers, texts, lists, dicts, NumPy arrays',
  );
}
