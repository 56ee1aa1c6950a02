/** @file Brings back to life what `encode.ts` wrote down. Calls nothing but saveable classes. */
import { DataError, show } from '../errors';
import type { NdArray } from '../nd_array';
import { directory, isSaveable, type Saveable } from './directory';
import type { EncodedGraph } from './encode';
import type { Encoded, GraphNode } from './graph';

/**
 * The value that a graph describes, in objects of its own.
 * @throws {@link DataError} when the graph is damaged or names a class that nobody knows.
 */
export function decodeGraph(encoded: EncodedGraph): unknown {
  return new Decoder(encoded).run();
}

type InstanceNode = Extract<GraphNode, { kind: 'instance' }>;

interface Waiting {
  order: number;
  instance: Saveable;
  node: InstanceNode;
}

class Decoder {
  private readonly made = new Map<number, unknown>();
  private readonly open = new Set<number>();
  private waiting: Waiting[] = [];
  private begun = 0;

  constructor(private readonly encoded: EncodedGraph) {}

  run(): unknown {
    return this.decodeWhole(this.encoded.graph.root);
  }

  /**
   * Constructs what a value leads to, then restores the states of what was constructed, owners
   * before what they own: constructors of owners set up what they are given.
   */
  private decodeWhole(value: Encoded): unknown {
    const outer = this.waiting;
    this.waiting = [];
    const result = this.decode(value);
    const mine = this.waiting.sort((a, b) => a.order - b.order);
    this.waiting = outer;
    for (const { instance, node } of mine) this.restore(instance, node);
    return result;
  }

  private restore(instance: Saveable, node: InstanceNode): void {
    const state = this.decodeWhole(node.state as Encoded);
    if (typeof instance.setState !== 'function') throw damaged(`${node.class} takes no state`);
    instance.setState(state as never);
  }

  private decode(value: Encoded): unknown {
    if (value === null || typeof value !== 'object') return value;
    if ('ref' in value) return this.decodeRef(value.ref);
    if ('number' in value) return Number(value.number);
    if ('undefined' in value) return undefined;
    if ('bigint' in value) return BigInt(value.bigint);
    if ('function' in value) return find(value.function);
    throw damaged(`unknown value ${show(value)}`);
  }

  private decodeRef(place: number): unknown {
    if (this.made.has(place)) return this.made.get(place);
    const node = this.encoded.graph.objects[place];
    if (node === undefined) throw damaged(`no object ${place}`);
    return this.decodeNode(node, place);
  }

  private decodeNode(node: GraphNode, place: number): unknown {
    switch (node.kind) {
      case 'array':
        return this.fill(place, [] as unknown[], (list) => {
          for (const item of node.items) list.push(this.decode(item));
        });
      case 'object':
        return this.fill(place, {}, (object) => this.addEntries(object, node.entries));
      case 'map':
        return this.fill(place, new Map<unknown, unknown>(), (map) => {
          for (const [key, item] of node.entries) map.set(this.decode(key), this.decode(item));
        });
      case 'set':
        return this.fill(place, new Set<unknown>(), (set) => {
          for (const item of node.items) set.add(this.decode(item));
        });
      case 'date':
        return this.fill(place, new Date(this.decode(node.time) as number));
      case 'typedArray':
        return this.fill(place, this.tensor(node.tensor).data);
      case 'ndArray':
        return this.fill(place, this.tensor(node.tensor));
      case 'instance':
        return this.construct(node, place);
      default:
        throw damaged(`unknown kind of object ${show((node as { kind: unknown }).kind)}`);
    }
  }

  /** Makes the object known before its items are, since they may lead back to it. */
  private fill<T>(place: number, object: T, add?: (object: T) => void): T {
    this.made.set(place, object);
    add?.(object);
    return object;
  }

  private addEntries(object: object, entries: readonly [string, Encoded][]): void {
    for (const [key, item] of entries) {
      // Not by assignment: a key may be `__proto__`.
      const value = this.decode(item);
      const descriptor = { value, enumerable: true, writable: true, configurable: true };
      Object.defineProperty(object, key, descriptor);
    }
  }

  private construct(node: InstanceNode, place: number): unknown {
    if (this.open.has(place)) throw damaged(`the options of ${node.class} lead back to it`);
    this.open.add(place);
    const order = this.begun++;
    const config = this.decode(node.config);
    this.open.delete(place);
    const instance = construct(node.class, config);
    this.made.set(place, instance);
    if (node.state !== undefined) this.waiting.push({ order, instance, node });
    return instance;
  }

  private tensor(name: string): NdArray {
    const tensor = this.encoded.tensors.get(name);
    if (tensor === undefined) throw damaged(`no tensor ${show(name)}`);
    return tensor;
  }
}

function construct(name: string, config: unknown): Saveable {
  const type = find(name);
  const prototype = typeof type === 'function' ? (type.prototype as object | undefined) : undefined;
  if (prototype === undefined || !isSaveable(prototype)) {
    throw new DataError(`it holds an object of \`${name}\`, which is no class that can be loaded`);
  }
  return new (type as new (config: unknown) => Saveable)(config);
}

function find(name: string): unknown {
  let found: unknown;
  let cause: unknown;
  try {
    found = directory().resolve(name);
  } catch (error) {
    cause = error;
  }
  if (found !== undefined) return found;
  const remedy = name.includes('.')
    ? 'Import the package that has it and register its root, then load again'
    : 'Run the cell that defines it, then load again';
  throw new DataError(`it needs \`${name}\`, which is not defined here. ${remedy}`, { cause });
}

function damaged(what: string): DataError {
  return new DataError(`its description is damaged: ${what}`);
}
