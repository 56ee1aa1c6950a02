/**
 * @file What options a class or function takes. Those of the library say so by a schema. Those that
 * users write say so by how they take their one argument apart: `constructor({ dim, beta = 1 })`.
 */
import {
  type ArrowFunctionExpression,
  type ClassExpression,
  type FunctionExpression,
  parseExpressionAt,
  type Pattern,
} from 'acorn';
import { snakeCase } from '../utils/case';
import type { OptionsSchema } from '../utils/options';

/** The options of a class or function, as far as they are known. */
export interface TakenOptions {
  /** YAML's spelling by TypeScript's. */
  readonly yamlKeys: ReadonlyMap<string, string>;
  /** Whether these are all, so that another one is a mistake. */
  readonly complete: boolean;
}

/** The schema of a class or function, be it inherited. */
export function schemaOf(callable: object): OptionsSchema | undefined {
  return 'schema' in callable ? (callable.schema as OptionsSchema) : undefined;
}

const known = new WeakMap<object, TakenOptions>();

/** The options that a class or function takes. */
export function takenOptions(callable: object): TakenOptions {
  const found = known.get(callable) ?? find(callable);
  known.set(callable, found);
  return found;
}

function find(callable: object): TakenOptions {
  if (Object.hasOwn(callable, 'schema')) {
    return { yamlKeys: schemaOf(callable)!.yamlKeys, complete: true };
  }
  const text = Function.prototype.toString.call(callable);
  const source = expressionOf(text);
  if (source === undefined) return unknown;
  const own = constructorOf(source);
  const parent = source.type === 'ClassExpression' && source.superClass ? parentOf(callable) : none;
  if (own === undefined) return parent;
  const [parameter] = own.params;
  if (parameter !== undefined) return takenApart(parameter, parent);
  // A compiler writes `constructor() { super(...arguments); this.size = 1; }` for a class without one.
  const handsOn = /\barguments\b/.test(text.slice(own.start, own.end));
  if (!handsOn) return none;
  return source.type === 'ClassExpression' ? parent : unknown;
}

const none: TakenOptions = { yamlKeys: new Map(), complete: true };
const unknown: TakenOptions = { yamlKeys: new Map(), complete: false };

function parentOf(callable: object): TakenOptions {
  return takenOptions(Object.getPrototypeOf(callable) as object);
}

type Written = ClassExpression | FunctionExpression | ArrowFunctionExpression;

const WRITTEN = ['ClassExpression', 'FunctionExpression', 'ArrowFunctionExpression'];

/** The text of a class or function as it was written; undefined for a built-in one, or a method. */
function expressionOf(text: string): Written | undefined {
  try {
    const expression = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
    return WRITTEN.includes(expression.type) ? (expression as Written) : undefined;
  } catch {
    return undefined;
  }
}

function constructorOf(
  source: Written,
): Pick<FunctionExpression, 'params' | 'start' | 'end'> | undefined {
  if (source.type !== 'ClassExpression') return source;
  for (const member of source.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') return member.value;
  }
  return undefined;
}

/** What is not named may be read from the whole, or be handed on: then nobody but the code knows. */
function takenApart(parameter: Pattern, parent: TakenOptions): TakenOptions {
  const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (pattern.type !== 'ObjectPattern') return { ...parent, complete: false };
  const names: string[] = [];
  let complete = true;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement' || property.computed) complete = false;
    else if (property.key.type === 'Identifier') names.push(property.key.name);
    else if (property.key.type === 'Literal') names.push(String(property.key.value));
  }
  const inherited = complete ? [] : [...parent.yamlKeys];
  const own = names.map((name): [string, string] => [name, snakeCase(name)]);
  return { yamlKeys: new Map([...own, ...inherited]), complete };
}
