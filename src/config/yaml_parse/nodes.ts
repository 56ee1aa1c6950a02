/** @file The tree of a YAML document, with places; aliases lead to what they stand for. */
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { AliasEvent, CollectionStyle, Event, ScalarEvent, ScalarStyle } from 'js-yaml';
import { didYouMean } from '../../utils/match';
import type { Source } from './source';
import { parseSyntax, type Syntax } from './syntax';

/** A tag as it is written. */
export interface Tag {
  readonly text: string;
  readonly start: number;
}

interface NodeBase {
  /** Where the node stands in the source: its tag if it has one, else its content. */
  readonly start: number;
  /** How many characters to underline. */
  readonly length: number;
  readonly tag?: Tag;
  readonly anchor?: string;
}

/** A text or number. */
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly text: string;
  readonly style: ScalarStyle;
  /** Where the text itself begins, after tag and quote. */
  readonly textStart: number;
}

/** A list. */
export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly style: CollectionStyle;
  readonly items: readonly Node[];
}

/** Keys and their values, in the order of the text. */
export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly style: CollectionStyle;
  readonly pairs: readonly Pair[];
}

/** One key of a mapping and its value. */
export interface Pair {
  readonly key: Node;
  readonly value: Node;
}

/** `*name`, and the node that it stands for. */
export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly target: ContentNode;
}

export type ContentNode = ScalarNode | SequenceNode | MappingNode;
export type Node = ContentNode | AliasNode;

/** The node that an alias stands for, or the node itself. */
export function content(node: Node): ContentNode {
  return node.kind === 'alias' ? node.target : node;
}

/**
 * The one document of a text.
 * @throws {@link YamlError} when the text is no YAML, empty, or has more documents than one.
 */
export function compose(source: Source): Node {
  return new Composer(source, parseSyntax(source)).document();
}

class Composer {
  private next = 0;
  /** Where the last event ended; empty nodes stand there. */
  private last = 0;
  private readonly anchors = new Map<string, ContentNode>();

  constructor(
    private readonly source: Source,
    private readonly syntax: Syntax,
  ) {}

  document(): Node {
    if (this.syntax.events.length === 0) throw this.source.error('there is nothing to load', 0);
    this.next++;
    const root = this.node();
    this.next++;
    if (this.next < this.syntax.events.length) {
      this.next++;
      const { start } = this.node();
      throw this.source.error('expected one document; here a second one begins', start);
    }
    return root;
  }

  private node(): Node {
    const event = this.syntax.events[this.next++];
    switch (event.type) {
      case EVENT_ID.ALIAS:
        return this.alias(event);
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      default:
        return this.collection(event);
    }
  }

  private slice(start: number, end: number): string {
    this.last = Math.max(this.last, this.syntax.original(end));
    return this.syntax.text.slice(start, end);
  }

  private alias(event: AliasEvent): AliasNode {
    const name = this.slice(event.anchorStart, event.anchorEnd);
    const start = this.syntax.original(event.anchorStart) - 1;
    const target = this.anchors.get(name);
    if (target === undefined) {
      const hint = didYouMean(name, this.anchors.keys());
      const message = `no anchor \`&${name}\` stands before \`*${name}\`.${hint}`;
      throw this.source.error(message, start, name.length + 1);
    }
    return { kind: 'alias', start, length: name.length + 1, target };
  }

  private scalar(event: ScalarEvent): ScalarNode {
    const properties = this.properties(event);
    const { style } = event;
    const text = getScalarValue(this.syntax.text, event);
    let place = { start: this.last, length: 1, textStart: this.last };
    if (event.valueStart >= 0) {
      const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
      const quote = isQuoted ? 1 : 0;
      const start = this.syntax.original(event.valueStart) - quote;
      this.last = this.syntax.original(event.valueEnd) + quote;
      place = { start, length: Math.max(1, this.last - start), textStart: start + quote };
    }
    return this.remember({ ...place, ...properties, kind: 'scalar', text, style });
  }

  private collection(event: Event): SequenceNode | MappingNode {
    if (event.type !== EVENT_ID.SEQUENCE && event.type !== EVENT_ID.MAPPING) {
      throw this.source.error('this document has no content', this.last);
    }
    const start = this.syntax.original(event.start);
    const base = { start, length: 1, ...this.properties(event), style: event.style };
    this.last = start;
    if (event.type === EVENT_ID.SEQUENCE) {
      const items: Node[] = [];
      const node = this.remember<SequenceNode>({ ...base, kind: 'sequence', items });
      while (!this.atEnd()) items.push(this.node());
      return node;
    }
    const pairs: Pair[] = [];
    const node = this.remember<MappingNode>({ ...base, kind: 'mapping', pairs });
    while (!this.atEnd()) pairs.push({ key: this.node(), value: this.node() });
    return node;
  }

  private atEnd(): boolean {
    if (this.syntax.events[this.next].type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  /** Tag and anchor; a tagged node stands where its tag stands. */
  private properties(event: Exclude<Event, { type: 1 | 5 | 6 }>): Partial<NodeBase> {
    const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
    const anchor = anchorStart < 0 ? undefined : this.slice(anchorStart, anchorEnd);
    if (tagStart < 0) return { anchor };
    const text = this.slice(tagStart, tagEnd);
    const start = this.syntax.original(tagStart);
    return { anchor, tag: { text, start }, start, length: text.length };
  }

  private remember<T extends ContentNode>(node: T): T {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }
}
