/**
 * @file From the keywords of a YAML call to the options of a class: snake_case to camelCase.
 * Takes the place of pylearn2/utils/call_check.py. Differs: names are checked before anything is
 * built, so that a misspelled option costs no loaded data set.
 */
import { camelCase } from '../utils/case';
import { OptionError, type OptionIssue } from '../utils/options';
import { takenOptions, type TakenOptions } from './taken_options';
import type { Node } from './yaml_parse/nodes';
import { nodeAt, type Keyword, type Proxy } from './yaml_parse/proxy';
import type { YamlError } from './yaml_parse/yaml_error';

/** Keywords by the name of the option that they set. */
export type OptionKeywords = ReadonlyMap<string, Keyword>;

/**
 * The option that each keyword sets.
 * @param written - The keys, if they are not what the text has: with `${VAR}` filled in.
 * @throws {@link YamlError} for an option that the class does not have, or has been given twice.
 */
export function optionKeywords(
  proxy: Proxy,
  written: (keyword: Keyword) => string = ({ key }) => key,
): OptionKeywords {
  const options = new Map<string, Keyword>();
  const unknown: OptionIssue[] = [];
  const { yamlKeys, complete } = takenOptions(proxy.callable);
  for (const keyword of proxy.entries) {
    const key = written(keyword);
    const option = optionName(yamlKeys, key);
    if (option === undefined && complete && !key.includes('${')) {
      unknown.push({ option: key, path: '', problem: 'unknown', detail: '' });
    }
    const name = option ?? (complete ? key : camelCase(key));
    const other = options.get(name);
    if (other !== undefined) throw twice(proxy, keyword, other);
    options.set(name, { ...keyword, key });
  }
  if (unknown.length > 0) {
    throw optionError(proxy, options, new OptionError('', unknown, [...yamlKeys.keys()]));
  }
  return options;
}

function optionName(yamlKeys: TakenOptions['yamlKeys'], key: string): string | undefined {
  for (const [option, yaml] of yamlKeys) if (yaml === key) return option;
  return yamlKeys.has(key) ? key : undefined;
}

function twice({ source, name }: Proxy, keyword: Keyword, other: Keyword): YamlError {
  const { line } = source.position(other.keyNode.start);
  const message = `!obj:${name}: \`${keyword.key}\` is the \`${other.key}\` of line ${line} again`;
  return source.error(message, keyword.keyNode.start, keyword.keyNode.length);
}

/** What is wrong with some options, in YAML's spelling and at its place in the YAML. */
export function optionError(proxy: Proxy, options: OptionKeywords, error: OptionError): YamlError {
  const { yamlKeys } = takenOptions(proxy.callable);
  const spell = (option: string) => options.get(option)?.key ?? yamlKeys.get(option) ?? option;
  const respelled = error.respelled(`!obj:${proxy.name}`, spell);
  const { start, length } = issueNode(proxy, options, error.issues[0]);
  return proxy.source.error(respelled.message, start, length, { cause: respelled });
}

function issueNode(proxy: Proxy, options: OptionKeywords, issue: OptionIssue | undefined): Node {
  const keyword = issue && options.get(issue.option);
  if (issue === undefined || keyword === undefined) return proxy.node;
  if (issue.problem === 'unknown') return keyword.keyNode;
  return nodeAt(keyword.valueNode, issue.path);
}
