/**
 * @file Help for YAML written in cells: names that may follow `!obj:`, options that they take, and
 * what the library's comments say of both.
 */
import type * as Resolve from '../src/config/resolve';
import type * as Tree from '../src/config/tree';
import type * as TakenOptions from '../src/config/taken_options';
import type { Content } from './io';
import {
  inspect,
  proposalReply,
  type Inspector,
  type Proposals,
  type YamlContext,
} from './language';
import type { Library } from './library';

type Proposal = Proposals['found'][number];
/** A class or function in the words of TypeScript: `pylearn2.monitor.pushMonitor`. */
interface Named {
  path: string;
  member: Tree.Member;
}

// Only when first used: they bring the library.
/* eslint-disable @typescript-eslint/no-require-imports */
const tree = (): typeof Tree => require('../src/config/tree') as typeof Tree;
const resolve = (): typeof Resolve => require('../src/config/resolve') as typeof Resolve;
const taken = (): typeof TakenOptions =>
  require('../src/config/taken_options') as typeof TakenOptions;
/* eslint-enable @typescript-eslint/no-require-imports */

/** The options of a class or function in YAML's spelling, with TypeScript's. */
function optionsOf(member: Tree.Member): Map<string, string> {
  return new Map([...taken().takenOptions(member).yamlKeys].map(([key, yaml]) => [yaml, key]));
}

export class YamlHelp {
  constructor(
    private readonly library: Library,
    private readonly inspector: Inspector,
  ) {}

  /** The content of a complete_reply. */
  complete(code: string, context: YamlContext): Content {
    this.library.load();
    return proposalReply(
      code,
      context.kind === 'name' ? this.names(context) : this.options(context),
    );
  }

  /** The content of an inspect_reply: what the same says in TypeScript. */
  inspect(context: YamlContext): Content {
    this.library.load();
    const code = this.inTypeScript(context) ?? '';
    return inspect(this.inspector, code, code.length);
  }

  /** What is below the module that is typed; else what has the typed name, wherever it is. */
  private names({ typed, start, end }: YamlContext): Proposals {
    const last = typed.slice(typed.lastIndexOf('.') + 1);
    const parent = typed.slice(0, Math.max(0, typed.length - last.length - 1));
    const below = parent === '' ? this.roots() : this.children(parent);
    const found = below.filter(({ text }) => text.startsWith(last));
    if (found.length > 0) return { found, start: start + typed.length - last.length, end };
    return { found: last === '' ? [] : this.everywhere(last), start, end };
  }

  private roots(): Proposal[] {
    const { locals } = this.inspector;
    const classes = Object.keys(locals).filter((key) => {
      const value = locals[key];
      return tree().isMember(value) && tree().isClass(value);
    });
    const library = { text: 'pylearn2', type: 'module' };
    return [library, ...classes.map((text) => ({ text, type: 'class' }))];
  }

  private children(parent: string): Proposal[] {
    const [root, ...path] = parent.split('.');
    let value: unknown = ['pylearn2', 'tslearn2'].includes(root)
      ? this.library.load().pylearn2
      : undefined;
    for (const segment of path) value = tree().isTree(value) ? value[segment] : undefined;
    if (!tree().isTree(value)) return [];
    return Object.entries(value).flatMap(([text, child]): Proposal[] => {
      if (tree().isTree(child)) return [{ text, type: 'module' }];
      if (!tree().isMember(child) || !tree().hasSchema(child)) return [];
      return [{ text, type: tree().isClass(child) ? 'class' : 'function' }];
    });
  }

  private everywhere(typed: string): Proposal[] {
    const found = [...resolve().allMembers()].filter(([dotted, member]) => {
      const last = dotted.slice(dotted.lastIndexOf('.') + 1);
      return dotted.startsWith('pylearn2.') && last.startsWith(typed) && tree().hasSchema(member);
    });
    return found.map(([text]) => ({ text, type: 'class' }));
  }

  private options({ name, typed, start, end }: YamlContext): Proposals {
    const named = this.find(name);
    const options = named === undefined ? [] : [...optionsOf(named.member).keys()];
    const fitting = options.filter((option) => option.startsWith(typed));
    return { found: fitting.map((text) => ({ text, type: 'property' })), start, end };
  }

  /** The same in TypeScript, up to the name in question. */
  private inTypeScript(context: YamlContext): string | undefined {
    const found = this.find(context.name);
    if (found === undefined) return undefined;
    const { path, member } = found;
    if (context.kind === 'name') return path;
    const option = optionsOf(member).get(context.key);
    const call = tree().isClass(member) ? `new ${path}` : path;
    return option === undefined ? undefined : `${call}({ ${option}`;
  }

  private find(name: string): Named | undefined {
    try {
      const member = resolve().resolveMember(name);
      const path = name.replace(/^tslearn2\./, 'pylearn2.');
      const last = member.name;
      // Functions may be written as in Python.
      const isSpelled = tree().isClass(member) || last === '' || name.endsWith(last);
      return { member, path: isSpelled ? path : path.replace(/\w+$/, last) };
    } catch {
      return undefined;
    }
  }
}
