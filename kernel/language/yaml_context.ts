/**
 * @file Where in a YAML text, written as a string in a cell, the cursor stands: in the name of a
 * class, as in `!obj:pylearn2.models.ml|`, or in the name of an option, as in `!obj:... { nv| }` or
 * on a line of its own below `!obj:...`.
 */
import type * as TS from '@tslab/typescript-for-tslab';
import { ts } from './typescript';

/** What the cursor is in, and from where to where that goes. */
export interface YamlContext {
  kind: 'name' | 'option';
  /** The dotted name; or whose options they are. */
  name: string;
  /** The part that is typed before the cursor, of the dotted name or of the option's. */
  typed: string;
  /** The option; empty in names. */
  key: string;
  start: number;
  end: number;
}

const TAG = /!(?:obj|import):/;

/** The first and last place of the text within the string literal around a place, if it is YAML. */
function literalAround(code: string, index: number): [number, number] | undefined {
  if (!TAG.test(code)) return undefined;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  let found: [number, number] | undefined;
  const visit = (node: TS.Node): void => {
    const start = node.getStart(file);
    if (index <= start || index > node.end) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      found = [start + 1, node.end];
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found !== undefined && TAG.test(code.slice(...found)) ? found : undefined;
}

/** A brace, the name that its options are for, and where they begin. */
interface Brace {
  owner: string | undefined;
  start: number;
}

/** The braces that are open at the end of a text. */
function openBraces(text: string): Brace[] {
  const open: Brace[] = [];
  const piece = /#[^\n]*|"[^"\n]*"|'[^'\n]*'|(?:!(?:obj|import):\s*([\w.]+)\s*)?([{[])|[}\]]/g;
  for (const match of text.matchAll(piece)) {
    const [whole, owner, bracket] = match;
    if (bracket !== undefined) open.push({ owner, start: match.index + whole.length });
    else if (whole === '}' || whole === ']') open.pop();
  }
  return open;
}

/** The option whose name ends a text, and whose option it is. */
interface TypedOption {
  owner: string;
  typed: string;
}

function inBraces(before: string, brace: Brace): TypedOption | undefined {
  if (brace.owner === undefined) return undefined;
  // A key follows the brace or a comma; a value with commas of its own has closed brackets.
  const keyed = /(?:^|,)(?:\s|#[^\n]*\n)*(\w*)$/.exec(before.slice(brace.start));
  return keyed === null ? undefined : { owner: brace.owner, typed: keyed[1] };
}

const indentOf = (line: string): number => line.search(/\S|$/);

/** In block style options stand below their class: further right, or below the class of all. */
function inBlock(before: string): TypedOption | undefined {
  const lines = before.split('\n');
  const typed = /^\s*(\w*)$/.exec(lines.pop()!.replace(/\r$/, ''));
  if (typed === null) return undefined;
  const column = typed[0].length - typed[1].length;
  for (const line of lines.reverse()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const alone = /^\s*!(?:obj|import):/.test(line);
    if (indentOf(line) > column || (indentOf(line) === column && !alone)) continue;
    const owner = /!(?:obj|import):\s*([\w.]+)\s*(?:#.*)?$/.exec(line)?.[1];
    return owner === undefined ? undefined : { owner, typed: typed[1] };
  }
  return undefined;
}

/** What the cursor is in, if that is YAML; places are UTF-16 indices. */
export function yamlContext(code: string, index: number): YamlContext | undefined {
  const literal = literalAround(code, index);
  if (literal === undefined) return undefined;
  const before = code.slice(literal[0], index);
  const rest = /^\w*/.exec(code.slice(index, literal[1]))?.[0] ?? '';
  const end = index + rest.length;
  const named = /!(?:obj|import):\s*([\w.]*)$/.exec(before);
  if (named !== null) {
    const [, typed] = named;
    return { kind: 'name', name: typed + rest, typed, key: '', start: index - typed.length, end };
  }
  const brace = openBraces(before).at(-1);
  const option = brace ? inBraces(before, brace) : inBlock(before);
  if (option === undefined) return undefined;
  const { owner, typed } = option;
  const start = index - typed.length;
  return { kind: 'option', name: owner, typed, key: typed + rest, start, end };
}
