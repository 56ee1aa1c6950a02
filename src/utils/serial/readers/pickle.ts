/**
 * @file The plain part of Python's pickles, protocols 0 to 5: numbers, texts, lists, tuples, dicts,
 * sets, NumPy's arrays and numbers. Anything else is refused by name; nothing is run. Source: the
 * comments of CPython's Lib/pickletools.py.
 */
import { DataError, show } from '../../errors';
import { ByteReader } from '../byte_reader';
import { findGlobal, PyClass } from './pickle_globals';
import { NumpyBuilder } from './pickle_numpy';
import { toPlain } from './pickle_plain';
import { readPyFloat, readPyInteger, readPyLong, unescapePy2 } from './pickle_literals';

/** Whether bytes begin as a pickle of protocol 2 or later; earlier ones have no mark. */
export function isBinaryPickle(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
}

/**
 * @returns Lists and tuples as lists; dicts as objects, or maps where a key is not a text; bytes as
 * Uint8Array; integers beyond 2^53 as bigint; None as null.
 * @throws {@link DataError} naming what it needs and what is not plain data.
 */
export function readPickle(bytes: Uint8Array): unknown {
  return toPlain(new Unpickler(bytes).run());
}

const MARK = Symbol('mark');

/** The stack machine that a pickle is a program for. */
class Unpickler {
  private readonly reader: ByteReader;
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(bytes: Uint8Array) {
    this.reader = new ByteReader(bytes);
  }

  run(): unknown {
    for (;;) {
      const code = String.fromCharCode(this.reader.uint8());
      if (code === '.') return this.pop();
      const step = steps[code];
      if (step === undefined) throw new DataError(`no pickle: it has the byte ${show(code)}`);
      step(this, this.reader);
    }
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw new DataError('damaged: the pickle takes what is not there');
    return this.stack.pop();
  }

  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.push(MARK);
  }

  popToMark(): unknown[] {
    const start = this.stack.lastIndexOf(MARK);
    if (start === -1) throw new DataError('damaged: the pickle has no mark');
    const items = this.stack.splice(start);
    return items.slice(1);
  }

  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  remember(place = this.memo.size): void {
    this.memo.set(place, this.top());
  }

  recall(place: number): void {
    if (!this.memo.has(place)) throw new DataError('damaged: the pickle refers to nothing');
    this.push(this.memo.get(place));
  }

  append(items: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new DataError('damaged: the pickle adds to what is no list');
    for (const item of items) list.push(item);
  }

  addToSet(items: readonly unknown[]): void {
    const set = this.top();
    if (!(set instanceof Set)) throw new DataError('damaged: the pickle adds to what is no set');
    for (const item of items) set.add(item);
  }

  setItems(items: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map)) throw new DataError('damaged: the pickle adds to what is no dict');
    addPairs(dict, items);
  }

  /** Calls one of the few things that may be called. */
  reduce(): void {
    const [callee, args] = this.popMany(2);
    if (!(callee instanceof PyClass) || !Array.isArray(args)) {
      throw new DataError('damaged: the pickle calls what cannot be called');
    }
    this.push(callee.call(args));
  }

  build(): void {
    const state = this.pop();
    const target = this.top();
    if (!(target instanceof NumpyBuilder)) {
      throw new DataError('the pickle sets the state of an object that is not plain data');
    }
    target.setState(state);
  }
}

function addPairs(dict: Map<unknown, unknown>, items: readonly unknown[]): Map<unknown, unknown> {
  for (let i = 0; i + 1 < items.length; i += 2) dict.set(items[i], items[i + 1]);
  return dict;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

type Step = (machine: Unpickler, reader: ByteReader) => void;

const refuse = (what: string): Step => {
  return () => {
    throw new DataError(`the pickle has ${what}; only plain data is loaded from pickles`);
  };
};

/** What each operation code does. */
const steps: Record<string, Step | undefined> = {
  '\x80': (_, r) => r.take(1),
  '\x95': (_, r) => r.take(8),
  '(': (m) => m.mark(),
  '0': (m) => m.pop(),
  '1': (m) => m.popToMark(),
  '2': (m) => m.push(m.top()),
  // Numbers and None.
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: (m, r) => m.push(readPyInteger(r.line())),
  L: (m, r) => m.push(readPyInteger(r.line())),
  F: (m, r) => m.push(readPyFloat(r.line())),
  J: (m, r) => m.push(r.int32()),
  K: (m, r) => m.push(r.uint8()),
  M: (m, r) => m.push(r.uint16()),
  '\x8a': (m, r) => m.push(readPyLong(r.take(r.uint8()))),
  '\x8b': (m, r) => m.push(readPyLong(r.take(r.uint32()))),
  G: (m, r) => m.push(Buffer.from(r.take(8)).readDoubleBE()),
  // Texts and bytes. Python 2's str may be either; it comes as latin-1.
  S: (m, r) => m.push(unescapePy2(r.line())),
  T: (m, r) => m.push(latin1(r.take(r.uint32()))),
  U: (m, r) => m.push(latin1(r.take(r.uint8()))),
  V: (m, r) => m.push(unescapePy2(`'${r.line()}'`, true)),
  X: (m, r) => m.push(text(r.take(r.uint32()))),
  '\x8c': (m, r) => m.push(text(r.take(r.uint8()))),
  '\x8d': (m, r) => m.push(text(r.take(r.uint64()))),
  B: (m, r) => m.push(new Uint8Array(r.take(r.uint32()))),
  C: (m, r) => m.push(new Uint8Array(r.take(r.uint8()))),
  '\x8e': (m, r) => m.push(new Uint8Array(r.take(r.uint64()))),
  '\x96': (m, r) => m.push(new Uint8Array(r.take(r.uint64()))),
  // Lists, tuples, dicts, sets.
  ']': (m) => m.push([]),
  l: (m) => m.push(m.popToMark()),
  a: (m) => m.append([m.pop()]),
  e: (m) => m.append(m.popToMark()),
  ')': (m) => m.push([]),
  t: (m) => m.push(m.popToMark()),
  '\x85': (m) => m.push(m.popMany(1)),
  '\x86': (m) => m.push(m.popMany(2)),
  '\x87': (m) => m.push(m.popMany(3)),
  '}': (m) => m.push(new Map()),
  d: (m) => m.push(addPairs(new Map(), m.popToMark())),
  s: (m) => m.setItems(m.popMany(2)),
  u: (m) => m.setItems(m.popToMark()),
  '\x8f': (m) => m.push(new Set()),
  '\x90': (m) => m.addToSet(m.popToMark()),
  '\x91': (m) => m.push(new Set(m.popToMark())),
  // Names for later.
  p: (m, r) => m.remember(Number(r.line())),
  q: (m, r) => m.remember(r.uint8()),
  r: (m, r) => m.remember(r.uint32()),
  '\x94': (m) => m.remember(),
  g: (m, r) => m.recall(Number(r.line())),
  h: (m, r) => m.recall(r.uint8()),
  j: (m, r) => m.recall(r.uint32()),
  // What is not plain: allowed by name only.
  c: (m, r) => m.push(findGlobal(r.line(), r.line())),
  '\x93': (m) => {
    const [module, name] = m.popMany(2);
    m.push(findGlobal(String(module), String(name)));
  },
  R: (m) => m.reduce(),
  b: (m) => m.build(),
  i: (m, r) => m.push(findGlobal(r.line(), r.line()).call(m.popToMark())),
  o: refuse('an object of a class'),
  '\x81': (m) => m.reduce(),
  '\x92': refuse('an object of a class'),
  P: refuse('a reference to something outside'),
  Q: refuse('a reference to something outside'),
  '\x97': refuse('a buffer kept outside'),
  '\x98': (m) => m.push(m.pop()),
  '\x82': refuse('a registered extension'),
  '\x83': refuse('a registered extension'),
  '\x84': refuse('a registered extension'),
};
