/**
 * @file From dotted names to classes and functions. Takes the place of Python's import in
 * pylearn2/config/yaml_parse.py. Differs: only what the library exports with a schema, what
 * {@link addRoot} was given and what the notebook's cells define has a name; nothing is imported.
 */
import { snakeCase } from '../utils/case';
import { NameError } from '../utils/errors';
import { didYouMean } from '../utils/match';
import { presentName } from './former_names';
import { withoutModule } from './not_ported';
import { childOf, hasSchema, isMember, isTree, members, type Member, type Tree } from './tree';

/** Names of the library's own tree. */
const LIBRARY = ['pylearn2', 'tslearn2'];

/** A dotted name that nothing has. */
export class ResolveError extends NameError {
  constructor(
    message: string,
    /** Which part of the name is wrong: offset and length. */
    readonly start: number,
    readonly length: number,
  ) {
    super(message);
  }
}

/** What is in scope where the YAML is loaded, such as what a notebook's cells define. */
interface Scope {
  lookup(name: string): unknown;
  names(): Iterable<string>;
}

const EMPTY: Scope = { lookup: () => undefined, names: () => [] };
const roots = new Map<string, Tree>();
let scope = EMPTY;
let revision = 0;

/**
 * Makes a tree nameable as `pylearn2.` and `tslearn2.`; what has no schema in it is not.
 * @returns The tree that was the library before.
 */
export function setLibrary(tree: object): object | undefined {
  const former = roots.get(LIBRARY[0]);
  for (const name of LIBRARY) roots.set(name, tree as Tree);
  revision++;
  return former;
}

/**
 * Makes all classes and functions of a module nameable: `addRoot('my_lab', await
 * import('./my_lab'))` and then `!obj:my_lab.GatedLayer {}`. A second call replaces the first.
 * @throws {@link NameError} for a name that is taken by the library or is not an identifier.
 */
export function addRoot(name: string, tree: object): void {
  if (LIBRARY.includes(name))
    throw new NameError(`addRoot: \`${name}\` is the library's own name.`);
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new NameError(`addRoot: expected a name without dots, received \`${name}\`.`);
  }
  roots.set(name, tree as Tree);
  revision++;
}

/** Takes away what {@link addRoot} made nameable. */
export function removeRoot(name: string): void {
  if (!LIBRARY.includes(name)) roots.delete(name);
  revision++;
}

/**
 * Says what else has a name: what the cells of a notebook define.
 * @param lookup - Gives the value of a bare name, undefined where there is none.
 * @param names - The names there are, for suggestions.
 */
export function setScope(
  lookup: ((name: string) => unknown) | undefined,
  names: () => Iterable<string> = () => [],
): void {
  scope = lookup === undefined ? EMPTY : { lookup, names };
}

/**
 * The class, function or value of a dotted name.
 * @throws {@link ResolveError} `` `pylearn2.costs.mlp` has no `WeightDecy`. Did you mean ...``
 */
export function resolve(name: string): unknown {
  const { value, library } = walk(isOfLibrary(name) ? presentName(name) : name);
  if (isNameable(value, library)) return value;
  throw new ResolveError(`\`${name}\` has no options that YAML could set`, 0, name.length);
}

/**
 * The class or function of a dotted name, with or without a schema.
 * @throws {@link ResolveError}
 */
export function resolveMember(name: string): Member {
  const { value } = walk(name);
  if (isMember(value)) return value;
  throw new ResolveError(`\`${name}\` is no class or function`, 0, name.length);
}

/** What the scope has under a name, unless that is a built-in of the language. */
export function inScope(name: string): unknown {
  return withoutNative(scope.lookup(name));
}

/** Dotted names of all classes and functions of all roots; the first name of each is its own. */
export function* allMembers(): Generator<[string, Member]> {
  for (const [name, tree] of roots) yield* members(name, tree);
}

/** A number that changes when the roots do. */
export function rootsRevision(): number {
  return revision;
}

function withoutNative(value: unknown): unknown {
  if (!isMember(value)) return value;
  const text = Function.prototype.toString.call(value);
  return /\{\s*\[native code\]\s*\}\s*$/.test(text) ? undefined : value;
}

function isOfLibrary(name: string): boolean {
  return LIBRARY.includes(name.split('.', 1)[0]);
}

function walk(name: string): { value: unknown; library: boolean } {
  const segments = name.split('.');
  const library = LIBRARY.includes(segments[0]);
  let value: unknown = roots.get(segments[0]) ?? inScope(segments[0]);
  if (value === undefined) throw unknownRoot(name, segments);
  let start = segments[0].length + 1;
  for (let i = 1; i < segments.length; i++) {
    const path = segments.slice(0, i).join('.');
    if (!isTree(value)) throw notTree(path, segments[i], start);
    const found = childOf(value, segments[i]);
    const child = roots.has(segments[0]) ? found : withoutNative(found);
    if (child === undefined) throw unknownChild(value, path, segments[i], i + 1 < segments.length);
    value = child;
    start += segments[i].length + 1;
  }
  if (isTree(value)) throw unfinished(name, value);
  return { value, library };
}

function unknownRoot(name: string, segments: readonly string[]): ResolveError {
  const [first] = segments;
  const length = first.length || name.length || 1;
  if (segments.length > 1) {
    const known = [...roots.keys(), ...scope.names()];
    return new ResolveError(`there is no \`${first}\`.${didYouMean(first, known)}`, 0, length);
  }
  const hint = elsewhere(name) ?? didYouMean(name, scope.names());
  return new ResolveError(`nothing is called \`${name}\`.${hint}`, 0, length);
}

function unknownChild(tree: Tree, path: string, name: string, isModule: boolean): ResolveError {
  const [root] = path.split('.', 1);
  const isLibrary = LIBRARY.includes(root);
  const modules = Object.keys(tree).filter((key) => isTree(tree[key]));
  const absent = isLibrary ? withoutModule(`${path}.${name}`.slice(root.length + 1)) : undefined;
  const hint =
    absent !== undefined
      ? ` ${absent}`
      : isModule
        ? didYouMean(name, modules)
        : (elsewhere(name, root) ?? didYouMean(name, spellings(tree, name, isLibrary)));
  const message = `\`${path}\` has no \`${name}\`.${hint}`;
  return new ResolveError(message, path.length + 1, name.length || 1);
}

/** Names of a tree that YAML can use; functions in the spelling of who asks. */
function spellings(tree: Tree, asked: string, isLibrary: boolean): string[] {
  const isSnake = asked.includes('_');
  return Object.entries(tree)
    .filter(([, value]) => isTree(value) || (isMember(value) && isNameable(value, isLibrary)))
    .map(([key]) => (isSnake && /^[a-z]/.test(key) ? snakeCase(key) : key));
}

function isNameable(value: unknown, isLibrary: boolean): boolean {
  return !isLibrary || (isMember(value) && hasSchema(value));
}

/** Where else something of exactly this name is; below the same root if it is there. */
function elsewhere(name: string, sameRoot?: string): string | undefined {
  const places = [...allMembers()].filter(([dotted, member]) => {
    const [root, ...path] = dotted.split('.');
    return path.at(-1) === name && isNameable(member, LIBRARY.includes(root));
  });
  const place = places.find(([dotted]) => dotted.startsWith(`${sameRoot}.`)) ?? places[0];
  return place && ` Did you mean \`${place[0]}\`?`;
}

function notTree(path: string, name: string, start: number): ResolveError {
  const message = `\`${path}\` is no module: it has no \`${name}\``;
  return new ResolveError(message, start, name.length || 1);
}

function unfinished(name: string, tree: Tree): ResolveError {
  const [first] = spellings(tree, '', isOfLibrary(name));
  const example = first === undefined ? '' : `, for example \`${name}.${first}\``;
  const message = `\`${name}\` is a module; name something in it${example}`;
  return new ResolveError(message, 0, name.length);
}
