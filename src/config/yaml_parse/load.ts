/**
 * @file From YAML texts and files to objects. Port of `load` and `load_path` of
 * pylearn2/config/yaml_parse.py. Differs: `%(name)s` can be filled in on the way.
 */
import { readFileSync } from 'node:fs';
import { DataError } from '../../utils/errors';
import { expectFile } from '../../utils/paths';
import { instantiate } from '../instantiate';
import { GraphBuilder } from './construct';
import type { Environ } from '../../utils/environment';
import { compose } from './nodes';
import { Source } from './source';
import { substitute, type TemplateValues } from './substitute';

/** How a YAML text is loaded. */
export interface LoadOptions {
  /** Variables for `${VAR}`; those of the process are seen where these have none. */
  environ?: Environ;
  /** Build the objects (the default), or leave a Proxy in the place of each. */
  instantiate?: boolean;
  /** The name by which errors call the text. */
  fileName?: string;
  /** Values for `%(name)s`; the text is a template if they are given, see {@link substitute}. */
  values?: TemplateValues;
}

/**
 * Loads one YAML document.
 * @returns The object of an `!obj:`, else lists, plain objects, texts, numbers, booleans, null.
 * @throws {@link YamlError} with the place and the nearest valid name; nothing else.
 */
export function load<T = unknown>(text: string, options: LoadOptions = {}): T {
  const { environ = {}, fileName, values } = options;
  const filled = values === undefined ? text : substitute(text, values, fileName);
  const source = new Source(filled, fileName, environ);
  const node = compose(source);
  const graph = new GraphBuilder(source).build(node);
  if (options.instantiate === false) return graph as T;
  return instantiate(graph, environ, { source, node }) as T;
}

/**
 * Loads a YAML file, as {@link load} does its text.
 * @throws {@link DataError} when the file cannot be read.
 */
export function loadPath<T = unknown>(path: string, options: LoadOptions = {}): T {
  return load<T>(readText(path), { fileName: path, ...options });
}

function readText(path: string): string {
  expectFile('loadPath', path);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DataError(`loadPath: ${String(cause)}`, { cause });
  }
}
