/**
 * @file Keys of a map: those it has, those that `<<` merges in, none twice. Differs from PyYAML: a
 * key that stands twice is refused in every map, not only in the options of an object.
 */
import { SCALAR_STYLE } from 'js-yaml';
import { show } from '../../utils/errors';
import { content, type MappingNode, type Node, type Pair } from './nodes';
import type { Source } from './source';
import type { YamlError } from './yaml_error';

/** A key of a map as the graph has it, and where it and its value stand. */
export interface Entry {
  readonly key: unknown;
  readonly pair: Pair;
}

/**
 * Own keys in their order, then the merged ones that are not among them.
 * @param build - Makes a value of a key that is more than a text or number.
 * @throws {@link YamlError} for a key that stands twice, or a merge of something else than maps.
 */
export function entriesOf(
  node: MappingNode,
  source: Source,
  build: (node: Node) => unknown,
): Entry[] {
  const keyOf = (key: Node) => {
    const target = content(key);
    return target.kind === 'scalar' && !target.tag ? target.text : build(key);
  };
  const entries = new Map<unknown, Entry>();
  for (const pair of node.pairs) {
    if (isMerge(pair.key)) continue;
    const key = keyOf(pair.key);
    const first = entries.get(key);
    if (first !== undefined) throw twice(source, key, first.pair.key, pair.key);
    entries.set(key, { key, pair });
  }
  for (const pair of mergedPairs(node, source, [node])) {
    const key = keyOf(pair.key);
    if (!entries.has(key)) entries.set(key, { key, pair });
  }
  return [...entries.values()];
}

/** What `<<` brings, the most important first; `open` are the maps that are being merged. */
function mergedPairs(node: MappingNode, source: Source, open: readonly Node[]): Pair[] {
  const merge = (value: Node): Pair[] => {
    const target = content(value);
    if (target.kind === 'sequence') return target.items.flatMap(merge);
    if (target.kind !== 'mapping') {
      throw source.error('`<<` takes a map or a list of maps', value.start, value.length);
    }
    if (open.includes(target)) {
      throw source.error('this map would merge itself', value.start, value.length);
    }
    const own = target.pairs.filter(({ key }) => !isMerge(key));
    return [...own, ...mergedPairs(target, source, [...open, target])];
  };
  return node.pairs.filter(({ key }) => isMerge(key)).flatMap(({ value }) => merge(value));
}

function isMerge(key: Node): boolean {
  return key.kind === 'scalar' && !key.tag && key.text === '<<' && key.style === SCALAR_STYLE.PLAIN;
}

function twice(source: Source, key: unknown, first: Node, second: Node): YamlError {
  const { line } = source.position(first.start);
  const shown = typeof key === 'string' ? `\`${key}\`` : show(key);
  const message = `the key ${shown} stands twice: in line ${line} and here`;
  return source.error(message, second.start, second.length);
}
