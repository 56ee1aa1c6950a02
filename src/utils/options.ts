/**
 * @file Options of everything that YAML can name: an interface (its comments are what a notebook
 * shows) tied to a zod schema (checks, defaults), so that a missing, extra or mistyped key of the
 * schema does not compile. Errors name the place, what was expected, what came, the nearest name.
 */
import { z } from 'zod';
import { snakeCase } from './case';
import { show, Tslearn2Error } from './errors';
import { didYouMean } from './match';

/** The checked options of a class or function. `Input` is what callers write, `Output` what it gets. */
export interface OptionsSchema<Input extends object = object, Output = unknown> {
  /** Names of the options, in TypeScript's spelling. */
  readonly keys: readonly string[];
  /** The same in YAML's spelling, by the names in TypeScript's. */
  readonly yamlKeys: ReadonlyMap<string, string>;
  /** @throws {@link OptionError} whose message starts with `where`. */
  parse(options: Input, where: string): Output;
}

/** What a schema gives: the options with their defaults filled in. */
export type Parsed<Schema> = Schema extends OptionsSchema<never, infer Output> ? Output : never;

/** One thing that is wrong with some options. */
export interface OptionIssue {
  /** Which option, in TypeScript's spelling; where inside it, e.g. `[1].size`. */
  option: string;
  path: string;
  problem: 'unknown' | 'missing' | 'invalid';
  /** The end of the sentence: what was expected and what came. */
  detail: string;
  /** Another sentence, with the nearest valid value. */
  hint?: string;
}

/** Says that options are unknown, missing, or not what was expected. */
export class OptionError extends Tslearn2Error {
  constructor(
    readonly where: string,
    readonly issues: readonly OptionIssue[],
    readonly keys: readonly string[],
    /** From TypeScript's spelling to the caller's. */
    spell: (key: string) => string = (key) => key,
  ) {
    super(issues.map((issue) => describe(where, issue, keys, spell)).join('\n'));
  }

  /** The same error as seen by a caller who writes names otherwise, as YAML does. */
  respelled(where: string, spell: (key: string) => string): OptionError {
    return new OptionError(where, this.issues, this.keys, spell);
  }
}

function describe(
  where: string,
  { option, path, problem, detail, hint = '' }: OptionIssue,
  keys: readonly string[],
  spell: (key: string) => string,
): string {
  if (problem === 'unknown') {
    const hint = keys.length > 0 ? didYouMean(spell(option), keys.map(spell)) : ' It takes none.';
    return `${where}: no option \`${spell(option)}\`.${hint}`;
  }
  if (option === '') return `${where}: ${detail}.`;
  if (problem === 'missing') return `${where}: option \`${spell(option)}\` is missing${detail}.`;
  return `${where}: option \`${spell(option)}${path}\`: ${detail}.${hint}`;
}

function showPath(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

function expectation(message: string): string {
  const text = message
    .replace(/^Invalid (input|option|key|value)[^:]*: /, '')
    .replace(/, received .*$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The names that an option takes, unless its schema has words of its own for them. */
function namesOf(issue: z.core.$ZodIssue): string[] | undefined {
  if (issue.code === 'invalid_union') {
    return issue.errors
      .flat()
      .map(namesOf)
      .find((names) => names !== undefined);
  }
  if (issue.code !== 'invalid_value' || issue.values.length < 2) return undefined;
  return issue.message.startsWith('Invalid option') ? issue.values.map(String) : undefined;
}

function toIssues(issue: z.core.$ZodIssue, options: unknown): OptionIssue[] {
  const [head, ...rest] = issue.path;
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    return issue.keys.map((option) => ({ option, path: '', problem: 'unknown', detail: '' }));
  }
  const option = head === undefined ? '' : String(head);
  const value = valueAt(options, issue.path);
  if (value === undefined && issue.path.length === 1) {
    return [{ option, path: '', problem: 'missing', detail: ` (${expectation(issue.message)})` }];
  }
  const names = namesOf(issue);
  const onlyNames = names && issue.code !== 'invalid_union';
  const expected = onlyNames ? `expected one of ${names.join(', ')}` : expectation(issue.message);
  const hint = names && typeof value === 'string' ? didYouMean(value, names) : '';
  const detail = `${expected}, received ${show(value)}`;
  return [{ option, path: showPath(rest), problem: 'invalid', detail, hint }];
}

/** A misspelled option tells why another one is missing. */
function unknownFirst(a: OptionIssue, b: OptionIssue): number {
  return Number(b.problem === 'unknown') - Number(a.problem === 'unknown');
}

/**
 * Ties a zod schema to an options interface:
 * `const schema = optionsOf<LinearOptions>()({ dim: z.number().int().positive(), ... })`.
 * An option whose YAML name is not its snake_case carries `.meta({ yaml: 'W_lr_scale' })`.
 */
export function optionsOf<Input extends object>() {
  return <Output extends Record<keyof Input, unknown>>(shape: {
    [Key in keyof Output]: Key extends keyof Input ? z.ZodType<Output[Key], Input[Key]> : never;
  }): OptionsSchema<Input, Output> => makeSchema<Input, Output>(shape as Record<string, z.ZodType>);
}

function makeSchema<Input extends object, Output>(
  shape: Record<string, z.ZodType>,
): OptionsSchema<Input, Output> {
  const object = z.strictObject(shape);
  const keys = Object.keys(shape);
  const yamlName = (key: string) => (shape[key].meta()?.yaml as string) ?? snakeCase(key);
  return {
    keys,
    yamlKeys: new Map(keys.map((key) => [key, yamlName(key)])),
    parse(options, where) {
      const result = object.safeParse(options);
      if (result.success) return result.data as Output;
      const issues = result.error.issues.flatMap((issue) => toIssues(issue, options));
      throw new OptionError(where, issues.sort(unknownFirst), keys);
    },
  };
}

/**
 * Checks options and fills in their defaults.
 * @throws {@link OptionError} `models.mlp.Linear: no option \`irang\`. Did you mean \`irange\`?`
 */
export function parseOptions<Input extends object, Output>(
  schema: OptionsSchema<Input, Output>,
  options: Input,
  where: string,
): Output {
  return schema.parse(options, where);
}

/** An {@link OptionError} about how options go together, not about one of them. */
export function optionConflict(where: string, detail: string): OptionError {
  return new OptionError(where, [{ option: '', path: '', problem: 'invalid', detail }], []);
}

/** The zod type of a live object of some class: `dataset: instanceOf(Dataset)`. */
export function instanceOf<T>(type: abstract new (...args: never[]) => T): z.ZodType<T, T> {
  return z.custom<T>((value) => value instanceof type, { error: `expected a ${type.name}` });
}

/** The zod type of true or false; 1 and 0 serve, as they do in Pylearn2's files. */
export function flag(): z.ZodType<boolean, boolean> {
  return z
    .custom<boolean>((value) => [true, false, 0, 1].includes(value as boolean), {
      error: 'expected true or false',
    })
    .transform(Boolean);
}

/** The zod type of a function. */
export function callable<T extends (...args: never[]) => unknown>(): z.ZodType<T, T> {
  return z.custom<T>((value) => typeof value === 'function', { error: 'expected a function' });
}

/** A function that YAML can name; it takes one options object and gets it checked, with defaults. */
export interface Nameable<Input extends object, Result> {
  (options: Input): Result;
  readonly schema: OptionsSchema<Input, unknown>;
}

/** Makes a function nameable in YAML. `where` starts its error messages. */
export function nameable<Input extends object, Output, Result>(
  schema: OptionsSchema<Input, Output>,
  where: string,
  body: (options: Output) => Result,
): Nameable<Input, Result> {
  return Object.assign((options: Input) => body(parseOptions(schema, options, where)), { schema });
}
