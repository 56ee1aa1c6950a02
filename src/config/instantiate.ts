/**
 * @file The second stage of a YAML text: makes the calls that its parsed graph stands for. Port of
 * `_instantiate` of pylearn2/config/yaml_parse.py. Differs: errors of constructors carry the
 * place in the YAML.
 */
import { NameError } from '../utils/errors';
import { OptionError } from '../utils/options';
import { optionError, optionKeywords, type OptionKeywords } from './keywords';
import { schemaOf } from './taken_options';
import { isClass, type Member } from './tree';
import { expandVariables, type Environ } from '../utils/environment';
import type { Node } from './yaml_parse/nodes';
import { originOf, Proxy, type Origin } from './yaml_parse/proxy';
import type { Source } from './yaml_parse/source';
import { told, YamlError } from './yaml_parse/yaml_error';
import { setYamlSrc } from './yaml_parse/yaml_src';

/** A node that a value came from, and the text around it. */
export interface Place {
  readonly source: Source;
  readonly node: Node;
}

/**
 * Builds what `load` with `instantiate: false` gave: lists and maps are copied, each Proxy becomes
 * one object however often it is named, `${VAR}` is filled in.
 * @param root - Where the graph stands, which matters if it is a mere text.
 * @throws {@link YamlError} when a variable is not set or a class refuses its options.
 */
export function instantiate(graph: unknown, environ: Environ = {}, root?: Place): unknown {
  return new Builder(environ).build(graph, root);
}

class Builder {
  private readonly built = new Map<object, unknown>();

  constructor(private readonly environ: Environ) {}

  build(value: unknown, place?: Place): unknown {
    if (typeof value === 'string') return this.expand(value, place);
    if (value === null || typeof value !== 'object') return value;
    if (this.built.has(value)) return this.built.get(value);
    const result = this.make(value);
    this.built.set(value, result);
    return result;
  }

  private make(value: object): unknown {
    if (value instanceof Proxy) return this.call(value);
    const origin = originOf(value);
    if (origin === undefined) return value;
    if (Array.isArray(value)) {
      return value.map((item, index) => this.build(item, placeOf(origin, index)));
    }
    if (value instanceof Map) {
      const pairs = [...(value as ReadonlyMap<unknown, unknown>)];
      return new Map(
        pairs.map(([key, item]) => [this.build(key, origin), this.build(item, origin)]),
      );
    }
    const pairs = Object.entries(value).map(([key, item]) => {
      const { source, node, keys } = origin;
      const at = { source, node: keys.get(key) ?? node };
      return [this.expand(key, at), this.build(item, placeOf(origin, key))] as const;
    });
    return Object.fromEntries(pairs);
  }

  private expand(text: string, place?: Place): string {
    const environ = { ...place?.source.environ, ...this.environ };
    return expandVariables(text, environ, (reason) => {
      if (place === undefined) return new NameError(`instantiate: ${reason}`);
      return place.source.error(reason, place.node.start, place.node.length);
    });
  }

  private call(proxy: Proxy): unknown {
    const { source, callable } = proxy;
    const keywords = optionKeywords(proxy, ({ key, keyNode: node }) =>
      this.expand(key, { source, node }),
    );
    const options = Object.fromEntries(
      [...keywords].map(([option, { value, valueNode: node }]) => {
        return [option, this.build(value, { source, node })];
      }),
    );
    try {
      const result = invoke(callable as Member, options);
      setYamlSrc(result, proxy.yamlSrc);
      return result;
    } catch (error) {
      throw explain(error, proxy, keywords);
    }
  }
}

function invoke(callable: Member, options: object): unknown {
  if (!isClass(callable)) return Reflect.apply(callable, undefined, [options]);
  return Reflect.construct(callable, [options]) as unknown;
}

function placeOf({ source, node, children }: Origin, key: string | number): Place {
  return { source, node: children.get(key) ?? node };
}

function explain(error: unknown, proxy: Proxy, keywords: OptionKeywords): unknown {
  if (error instanceof YamlError) return error;
  if (error instanceof OptionError && error.keys === schemaOf(proxy.callable)?.keys) {
    return optionError(proxy, keywords, error);
  }
  const { kind, message } = told(error);
  const { source, node, name } = proxy;
  return source.error(`!obj:${name}: ${kind}: ${message}`, node.start, node.length, {
    cause: error,
  });
}
