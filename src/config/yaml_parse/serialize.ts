/** @file A node of the document as YAML text that stands alone: anchors outside it are written out. */
import { DUMP_SCHEMA, present } from 'js-yaml';
import type { Node as PlainNode, ScalarNode as PlainScalar } from 'js-yaml';
import { content, type ContentNode, type Node, type ScalarNode } from './nodes';
import { implicit, STANDARD } from './scalars';

/** The YAML of a node, as written: `${VAR}` and aliases inside it stay. */
export function serialize(node: Node): string {
  const contents = new Serializer(content(node)).root;
  return present([{ contents, directives: [] }], { schema: DUMP_SCHEMA, lineWidth: -1 });
}

class Serializer {
  readonly root: PlainNode;
  private readonly uses = new Map<ContentNode, number>();
  private readonly written = new Map<ContentNode, string>();
  private readonly names = new Set<string>();

  constructor(root: ContentNode) {
    this.count(root);
    this.root = this.write(root);
  }

  private count(node: Node): void {
    const target = content(node);
    const uses = (this.uses.get(target) ?? 0) + 1;
    this.uses.set(target, uses);
    if (uses > 1) return;
    if (target.kind === 'sequence') target.items.forEach((item) => this.count(item));
    if (target.kind === 'mapping') {
      target.pairs.forEach(({ key, value }) => [key, value].forEach((part) => this.count(part)));
    }
  }

  private write(node: Node): PlainNode {
    const target = content(node);
    const name = this.written.get(target);
    if (name !== undefined) return { kind: 'alias', anchor: name };
    const anchor = this.anchor(target);
    if (target.kind === 'scalar') return { ...scalar(target), anchor };
    const { tag, style } = target;
    const base = { anchor, style, tagged: tag !== undefined };
    if (target.kind === 'sequence') {
      const items = target.items.map((item) => this.write(item));
      return { ...base, kind: 'sequence', tag: tag?.text ?? `${STANDARD}seq`, items };
    }
    const items = target.pairs.map(({ key, value }) => {
      return { key: this.write(key), value: this.write(value) };
    });
    return { ...base, kind: 'mapping', tag: tag?.text ?? `${STANDARD}map`, items };
  }

  /** The anchor to write: none on what is used once, another where the name is taken. */
  private anchor(node: ContentNode): string | undefined {
    if (this.uses.get(node) === 1) return undefined;
    let name = node.anchor as string;
    while (this.names.has(name)) name += '_';
    this.names.add(name);
    this.written.set(node, name);
    return name;
  }
}

function scalar(node: ScalarNode): PlainScalar {
  const { text, style, tag } = node;
  if (tag !== undefined) return { kind: 'scalar', tag: tag.text, tagged: true, style, value: text };
  const { type } = implicit(node);
  const value = type === 'null' ? 'null' : text;
  return { kind: 'scalar', tag: STANDARD + type, tagged: false, style, value };
}
