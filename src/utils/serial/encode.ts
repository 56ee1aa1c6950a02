/** @file Writes a graph of live objects down; `decode.ts` brings it back to life. */
import { types } from 'node:util';
import { show, Tslearn2Error } from '../errors';
import { isTypedArray, NdArray } from '../nd_array';
import { directory, isSaveable, type Named, type Saveable } from './directory';
import type { Encoded, Graph, GraphNode } from './graph';

/** A graph and the numbers of its arrays. */
export interface EncodedGraph {
  graph: Graph;
  tensors: Map<string, NdArray>;
}

/**
 * Writes down a value and all that it leads to.
 * @throws Tslearn2Error naming the way to what cannot be saved, e.g. `MLP.layers[1].callback`.
 */
export function encodeGraph(value: unknown): EncodedGraph {
  return new Encoder().run(value);
}

class Encoder {
  private readonly objects: GraphNode[] = [];
  private readonly places = new Map<object, number>();
  private readonly tensors = new Map<string, NdArray>();
  /** What is being written now, outermost first, to notice ways that lead back. */
  private readonly open: object[] = [];
  /** States to write once everything that constructors need is written. */
  private readonly states: (() => void)[] = [];

  run(value: unknown): EncodedGraph {
    const root = this.encode(value, rootName(value));
    for (let write = this.states.shift(); write !== undefined; write = this.states.shift()) write();
    return { graph: { root, objects: this.objects }, tensors: this.tensors };
  }

  private encode(value: unknown, path: string): Encoded {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return encodeNumber(value);
      case 'undefined':
        return { undefined: true };
      case 'bigint':
        return { bigint: String(value) };
      case 'function':
        return { function: nameOf(value as Named, path) };
      case 'object':
        return value === null ? null : this.encodeObject(value, path);
      default:
        throw new Tslearn2Error(`utils.serial: cannot save \`${path}\`, ${show(value)}.`);
    }
  }

  private encodeObject(value: object, path: string): Encoded {
    const known = this.places.get(value);
    if (known !== undefined) {
      this.refuseWayBack(value, path);
      return { ref: known };
    }
    const place = this.objects.length;
    this.places.set(value, place);
    this.objects.push({ kind: 'array', items: [] }); // keeps the place until the node is known
    this.open.push(value);
    this.objects[place] = this.encodeNode(value, path, place);
    this.open.pop();
    return { ref: place };
  }

  private encodeNode(value: object, path: string, place: number): GraphNode {
    if (Array.isArray(value)) return { kind: 'array', items: this.encodeItems(value, path) };
    if (value instanceof NdArray) return { kind: 'ndArray', tensor: this.addTensor(value, path) };
    if (isTypedArray(value)) {
      return { kind: 'typedArray', tensor: this.addTensor(new NdArray(value), path) };
    }
    if (types.isMap(value)) return { kind: 'map', entries: this.encodeMap(value, path) };
    if (types.isSet(value)) return { kind: 'set', items: this.encodeItems([...value], path) };
    if (types.isDate(value)) return { kind: 'date', time: encodeNumber(value.getTime()) };
    if (isSaveable(value)) return this.encodeInstance(value, path, place);
    if (isPlain(value)) return { kind: 'object', entries: this.encodeEntries(value, path) };
    throw new Tslearn2Error(
      `utils.serial: cannot save \`${path}\`, ${show(value)}: its class has no getConfig().`,
    );
  }

  private encodeItems(items: readonly unknown[], path: string): Encoded[] {
    return Array.from(items, (item, i) => this.encode(item, `${path}[${i}]`));
  }

  private encodeEntries(value: object, path: string): [string, Encoded][] {
    return Object.entries(value).map(([key, item]) => [key, this.encode(item, path + step(key))]);
  }

  private encodeMap(map: Map<unknown, unknown>, path: string): [Encoded, Encoded][] {
    return [...map].map(([key, item], i) => [
      this.encode(key, `${path}.keys[${i}]`),
      this.encode(item, path + (typeof key === 'string' ? step(key) : `.values[${i}]`)),
    ]);
  }

  private encodeInstance(value: Saveable, path: string, place: number): GraphNode {
    const name = nameOf(value.constructor as Named, path);
    const config = this.encode(value.getConfig(), path);
    if (value.getState !== undefined) {
      if (value.setState === undefined) {
        throw new Tslearn2Error(
          `utils.serial: cannot save \`${path}\`: \`${name}\` has getState but no setState.`,
        );
      }
      this.states.push(() => {
        const state = this.encode(value.getState?.(), path);
        this.objects[place] = { kind: 'instance', class: name, config, state };
      });
    }
    return { kind: 'instance', class: name, config };
  }

  /** Ways back are fine among plain lists and maps, and impossible through a constructor. */
  private refuseWayBack(value: object, path: string): void {
    const since = this.open.indexOf(value);
    if (since === -1) return;
    const owner = this.open.slice(since).find((item) => isSaveable(item));
    if (owner === undefined) return;
    throw new Tslearn2Error(
      `utils.serial: cannot save \`${path}\`: the options of ${show(owner)} lead back to ` +
        `${show(value)}. Give it in getState(), not in getConfig().`,
    );
  }

  private addTensor(tensor: NdArray, path: string): string {
    let name = path;
    for (let i = 2; this.tensors.has(name); i++) name = `${path}~${i}`;
    this.tensors.set(name, tensor);
    return name;
  }
}

function rootName(value: unknown): string {
  if (typeof value !== 'object' || value === null || isPlain(value)) return 'object';
  return value.constructor.name;
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function encodeNumber(value: number): Encoded {
  if (Object.is(value, -0)) return { number: '-0' };
  if (Number.isFinite(value)) return value;
  return { number: String(value) as 'NaN' | 'Infinity' | '-Infinity' };
}

/** Whether an object is of no class; cells may have an `Object` of their own. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(type: Named, path: string): string {
  const name = directory().nameOf(type);
  if (name === undefined || !finds(name, type)) {
    throw new Tslearn2Error(
      `utils.serial: cannot save \`${path}\`: ${show(type)} has no name by which loading could ` +
        'find it again. Export it from the library, register it, or define it in a cell.',
    );
  }
  return name;
}

/** A name may have passed to another class since, as when a cell was run again. */
function finds(name: string, type: Named): boolean {
  try {
    return directory().resolve(name) === type;
  } catch {
    return false;
  }
}
