/**
 * @file From the nodes of a document to its graph: plain values, lists, maps, and a Proxy for each
 * object to build. Port of the constructors of pylearn2/config/yaml_parse.py. Differs: names of
 * options are checked here already; `!import` takes the bare name of a class of a cell.
 */
import { show } from '../../utils/errors';
import * as serial from '../../utils/serial';
import { optionKeywords } from '../keywords';
import { resolve, ResolveError } from '../resolve';
import { isMember } from '../tree';
import { expandVariables } from '../../utils/environment';
import { entriesOf, type Entry } from './mapping';
import { content, type ContentNode, type MappingNode, type Node, type ScalarNode } from './nodes';
import { Proxy, setOrigin, type Callable, type Keyword } from './proxy';
import { implicit, parseFloatLike } from './scalars';
import { serialize } from './serialize';
import type { Source } from './source';
import { constructStandard, type Parts } from './standard_tags';
import { told, type YamlError } from './yaml_error';
import { setYamlSrc, yamlSrcOf } from './yaml_src';

/** Turns nodes into values; a node that is named twice becomes one value. */
export class GraphBuilder implements Parts {
  private readonly built = new Map<ContentNode, unknown>();
  private readonly open = new Set<ContentNode>();

  constructor(private readonly source: Source) {}

  /** @throws {@link YamlError} for tags, names, keys or options that do not exist. */
  build(node: Node): unknown {
    const target = content(node);
    if (this.built.has(target)) return this.built.get(target);
    if (this.open.has(target)) throw this.error('this stands for what it is a part of', node);
    this.open.add(target);
    const value = this.construct(target);
    this.open.delete(target);
    this.built.set(target, value);
    return value;
  }

  error(reason: string, { start, length }: Node, options?: ErrorOptions): YamlError {
    return this.source.error(reason, start, length, options);
  }

  /** What a node is without regard to its tag, except that a tagged scalar is a text. */
  plain(node: ContentNode): unknown {
    if (node.kind === 'scalar') return node.tag ? node.text : implicit(node).value;
    if (node.kind === 'sequence') return this.list(node.items, node);
    return this.map(node);
  }

  entries(node: MappingNode): readonly Entry[] {
    return entriesOf(node, this.source, (key) => this.build(key));
  }

  private construct(node: ContentNode): unknown {
    const tag = node.tag?.text ?? '!';
    if (tag === '!') return this.plain(node);
    const [, kind, name] = /^!(obj|pkl|import):(.*)$/s.exec(tag) ?? [];
    if (kind === 'obj') return this.proxy(node, name);
    if (kind === 'pkl') return this.pickle(node, name);
    if (kind === 'import') return this.importSuffix(node, name);
    if (tag === '!import') return this.importText(this.text(node));
    if (tag === '!float' || tag === '!!float') return this.float(this.text(node));
    return constructStandard(node, tag, this);
  }

  private list(items: readonly Node[], node: Node): unknown[] {
    const list = items.map((item) => this.build(item));
    const children = new Map(items.map((item, index) => [index, item]));
    return setOrigin(list, { source: this.source, node, children, keys: new Map() });
  }

  /** A plain object; a Map if a key is more than a text or number. */
  private map(node: MappingNode): object {
    const entries = this.entries(node);
    const pairs = entries.map(({ key, pair }) => [key, this.build(pair.value)] as const);
    const texts = pairs.filter((pair): pair is [string, unknown] => typeof pair[0] === 'string');
    const map = texts.length < pairs.length ? new Map(pairs) : Object.fromEntries(texts);
    const children = new Map(entries.map(({ key, pair }) => [String(key), pair.value]));
    const keys = new Map(entries.map(({ key, pair }) => [String(key), pair.key]));
    return setOrigin(map, { source: this.source, node, children, keys });
  }

  private proxy(node: ContentNode, name: string): Proxy {
    if (name === '') throw this.error('a name is missing right after `!obj:`', node);
    if (node.kind !== 'mapping') {
      const example = `write \`!obj:${name} { key: value }\`, or \`{}\` for none`;
      throw this.error(`\`!obj:${name}\` takes a map of options: ${example}`, node);
    }
    const at = node.start + '!obj:'.length;
    const callable = this.member(name, at, `!obj:${name}`);
    if (!isMember(callable)) {
      throw this.source.error(`!obj:${name}: this is nothing to call`, at, name.length);
    }
    const keywords = this.entries(node).map((entry) => this.keyword(entry, name));
    const proxy = new Proxy(callable as Callable, name, keywords, this.source, node);
    optionKeywords(proxy);
    return proxy;
  }

  private keyword({ key, pair }: Entry, name: string): Keyword {
    const node = content(pair.key);
    const isText = node.kind === 'scalar' && (node.tag || implicit(node).type === 'str');
    if (typeof key !== 'string' || !isText) {
      const shown = typeof key === 'string' ? key : show(key);
      const message = `!obj:${name}: the name of an option is a text; \`${shown}\` is none`;
      throw this.error(message, pair.key);
    }
    return { key, value: this.build(pair.value), keyNode: pair.key, valueNode: pair.value };
  }

  /** The class or function of a name that stands at some offset. */
  private member(name: string, at: number, where: string): unknown {
    try {
      return resolve(name);
    } catch (cause) {
      if (!(cause instanceof ResolveError)) throw cause;
      const start = at + cause.start;
      throw this.source.error(`${where}: ${cause.message}`, start, cause.length, { cause });
    }
  }

  private importText({ text, textStart }: ScalarNode): unknown {
    return this.member(text, textStart, `!import ${text}`);
  }

  private importSuffix(node: ContentNode, name: string): unknown {
    if (name === '') throw this.error('a name is missing right after `!import:`', node);
    if (node.kind !== 'scalar' || node.text !== '') {
      throw this.error(`nothing may follow \`!import:${name}\`; it takes no options`, node);
    }
    return this.member(name, node.start + '!import:'.length, `!import:${name}`);
  }

  private pickle(node: ContentNode, suffix: string): unknown {
    if (suffix !== '') throw this.error('a space is needed after `!pkl:`', node);
    const { text } = this.text(node);
    const path = expandVariables(text, this.source.environ, (reason) => this.error(reason, node));
    try {
      const value = serial.load(path);
      const isObject = value !== null && typeof value === 'object';
      if (isObject && yamlSrcOf(value) === undefined) setYamlSrc(value, serialize(node));
      return value;
    } catch (cause) {
      throw this.error(`!pkl: ${told(cause).message}`, node, { cause });
    }
  }

  private float(node: ScalarNode): number {
    const value = parseFloatLike(node.text);
    if (value === undefined) {
      throw this.error(`${node.tag?.text}: ${show(node.text)} is no number`, node);
    }
    return value;
  }

  /** A node that must be a text, not an empty one. */
  private text(node: ContentNode): ScalarNode {
    const tag = node.tag?.text;
    if (node.kind !== 'scalar')
      throw this.error(`\`${tag}\` takes a text, not a ${node.kind}`, node);
    if (node.text.trim() === '') throw this.error(`a text is missing after \`${tag}\``, node);
    return node;
  }
}
