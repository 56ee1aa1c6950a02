/** @file What stands for an object of a YAML text until it is built. */
import { content, type ContentNode, type Node } from './nodes';
import { serialize } from './serialize';
import type { Source } from './source';
import type { Position } from './yaml_error';

/** A class or function that YAML can name; called with one options object. */
export type Callable = (new (options: never) => object) | ((options: never) => unknown);

/** One keyword of a Proxy, and where it stands. */
export interface Keyword {
  /** As written: `${VAR}` is in it still. */
  readonly key: string;
  /** Parsed, not built yet. */
  readonly value: unknown;
  readonly keyNode: Node;
  readonly valueNode: Node;
}

/** `!obj:name {keywords}`: a call that has been parsed but not made. */
export class Proxy {
  constructor(
    /** What will be called. */
    readonly callable: Callable,
    /** Its dotted name, as written. */
    readonly name: string,
    /** Its keywords, in the order of the text. */
    readonly entries: readonly Keyword[],
    readonly source: Source,
    readonly node: ContentNode,
  ) {}

  /** The keywords by their written names: plain values, lists, maps and Proxies. */
  get keywords(): ReadonlyMap<string, unknown> {
    return new Map(this.entries.map(({ key, value }) => [key, value]));
  }

  get position(): Position {
    return this.source.position(this.node.start);
  }

  /** The YAML that it came from, `${VAR}` not filled in. */
  get yamlSrc(): string {
    return serialize(this.node);
  }
}

/** Where lists and maps of a parsed graph came from. */
export interface Origin {
  readonly source: Source;
  readonly node: Node;
  /** Nodes of the values, by index or key. */
  readonly children: ReadonlyMap<string | number, Node>;
  /** Nodes of the keys. */
  readonly keys: ReadonlyMap<string, Node>;
}

const origins = new WeakMap<object, Origin>();

/** Notes that a list or map was made by the parser, which lets its parts be built. */
export function setOrigin<T extends object>(value: T, origin: Origin): T {
  origins.set(value, origin);
  return value;
}

/** Where a list or map came from; undefined for what the parser did not make. */
export function originOf(value: object): Origin | undefined {
  return origins.get(value);
}

/** The node at `[1].size` below another; the deepest that there is, never inside a Proxy. */
export function nodeAt(root: Node, path: string): Node {
  let node = root;
  for (const [, index, key] of path.matchAll(/\[(\d+)\]|\.([^.[]+)/g)) {
    const parent = content(node);
    let child: Node | undefined;
    if (parent.kind === 'sequence') child = parent.items[Number(index ?? key)];
    if (parent.kind === 'mapping' && parent.tag === undefined) {
      child = parent.pairs.find((pair) => textOf(pair.key) === (key ?? index))?.value;
    }
    if (child === undefined) return node;
    node = child;
  }
  return node;
}

function textOf(node: Node): string | undefined {
  const target = content(node);
  return target.kind === 'scalar' ? target.text : undefined;
}
