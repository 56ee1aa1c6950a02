/**
 * @file What is behind names that a module only passes on: of all that the library exports the
 * compiler's completions know no more than that it is an alias.
 */
import path from 'node:path';
import type * as TS from '@tslab/typescript-for-tslab';
import { currentProgram, ts } from './typescript';

/** What the compiler has and keeps to itself. */
interface Hidden {
  findPrecedingToken(position: number, file: TS.SourceFile): TS.Node | undefined;
}

const { SymbolFlags: Flags } = ts;
const KINDS: readonly (readonly [TS.SymbolFlags, string])[] = [
  [Flags.Class, 'class'],
  [Flags.Function, 'function'],
  [Flags.Enum, 'enum'],
  [Flags.Variable, 'constant'],
  [Flags.Module, 'module'],
  [Flags.Interface, 'interface'],
  [Flags.TypeAlias, 'type'],
];

function kindOf(checker: TS.TypeChecker, alias: TS.Symbol, place: TS.Node): string {
  const symbol = checker.getAliasedSymbol(alias);
  const kind = KINDS.find(([flag]) => (symbol.flags & flag) !== 0)?.[1] ?? '';
  if (kind !== 'constant') return kind;
  const type = checker.getTypeOfSymbolAtLocation(symbol, place);
  return type.getCallSignatures().length > 0 ? 'function' : kind;
}

/** What may stand at a place: what the name before a dot exports; else all that is in scope. */
function candidates(checker: TS.TypeChecker, token: TS.Node): TS.Symbol[] {
  const access = [token, token.parent].find(ts.isPropertyAccessExpression);
  if (access === undefined) return checker.getSymbolsInScope(token, Flags.Alias);
  const named = checker.getSymbolAtLocation(access.expression);
  if (named === undefined) return [];
  const module = (named.flags & Flags.Alias) === 0 ? named : checker.getAliasedSymbol(named);
  return (module.flags & Flags.Module) === 0 ? [] : checker.getExportsOfModule(module);
}

/** Kinds of the aliases that may stand at a place of the code that was completed last, by name. */
export function aliasKinds(code: string, index: number): ReadonlyMap<string, string> {
  const program = currentProgram();
  const file = program?.getSourceFile(path.posix.join(process.cwd(), '__tslab__.ts'));
  if (program === undefined || file === undefined) return new Map();
  const checker = program.getTypeChecker();
  const position = file.text.length - code.length + index;
  const { findPrecedingToken } = ts as unknown as Hidden;
  const token = findPrecedingToken(position, file) ?? file;
  const aliases = candidates(checker, token).filter(({ flags }) => (flags & Flags.Alias) !== 0);
  return new Map(aliases.map((alias) => [alias.name, kindOf(checker, alias, token)]));
}
