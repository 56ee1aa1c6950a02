/** @file YAML's own tags: `!!int "3"`, `!!set {a, b}`, `!!binary ...`. */
import { NOT_RESOLVED, YAML11_SCHEMA, type TagDefinition } from 'js-yaml';
import { show } from '../../utils/errors';
import { didYouMean } from '../../utils/match';
import type { Entry } from './mapping';
import type { ContentNode, MappingNode, Node } from './nodes';
import { STANDARD } from './scalars';

const OWN_TAGS = ['!obj:', '!pkl:', '!import', '!float'];
const KNOWN = YAML11_SCHEMA.tags.filter(({ tagName }) => tagName !== `${STANDARD}merge`);

/** What the graph builder lends to its tags. */
export interface Parts {
  build(node: Node): unknown;
  plain(node: ContentNode): unknown;
  entries(node: MappingNode): readonly Entry[];
  error(reason: string, node: Node): Error;
}

/** The value of a node with a tag that is not Pylearn2's. */
export function constructStandard(node: ContentNode, written: string, parts: Parts): unknown {
  const full = /^!!./.test(written) ? STANDARD + written.slice(2) : written.replace(/^!<|>$/g, '');
  const tag = KNOWN.find(({ tagName, nodeKind }) => tagName === full && nodeKind === node.kind);
  if (tag !== undefined) return typed(node, tag, written, parts);
  if (KNOWN.some(({ tagName }) => tagName === full)) {
    throw parts.error(`\`${written}\` does not go with a ${node.kind}`, node);
  }
  const names = [...OWN_TAGS, ...KNOWN.map(({ tagName }) => tagName.replace(STANDARD, '!!'))];
  const stem = /^!\w+:/.exec(written)?.[0] ?? written;
  throw parts.error(`there is no tag \`${stem}\`.${didYouMean(stem, names)}`, node);
}

function typed(node: ContentNode, tag: TagDefinition, written: string, parts: Parts): unknown {
  if (tag.nodeKind === 'scalar') {
    const text = node.kind === 'scalar' ? node.text : '';
    const value: unknown = tag.resolve(text, true, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
    throw parts.error(`\`${written}\` cannot be made of ${show(text)}`, node);
  }
  if (/:(seq|map)$/.test(tag.tagName)) return parts.plain(node);
  const carrier: unknown = tag.create(tag.tagName);
  const check = (refusal: string | void, part: Node) => {
    if (refusal) throw parts.error(`\`${written}\` cannot have this in it`, part);
  };
  if (tag.nodeKind === 'sequence' && node.kind === 'sequence') {
    node.items.forEach((item, i) => check(tag.addItem(carrier, parts.build(item), i), item));
  }
  if (tag.nodeKind === 'mapping' && node.kind === 'mapping') {
    for (const { key, pair } of parts.entries(node)) {
      check(tag.addPair(carrier, key, parts.build(pair.value)), pair.key);
    }
  }
  return tag.finalize(carrier) as unknown;
}
