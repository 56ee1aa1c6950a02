/** @file What a name is: its type and documentation, in Markdown and as plain text. */
import type * as TS from '@tslab/typescript-for-tslab';
import type { Content } from '../io';
import { liveValue } from './live_value';
import { optionList } from './option_list';
import { toUtf16 } from './positions';
import { ts } from './typescript';

/** What answers: tslab's executor. */
export interface Inspector {
  inspect(code: string, index: number): TS.QuickInfo | undefined;
  /** Names that cells have declared, with their values. */
  readonly locals: Readonly<Record<string, unknown>>;
}

/** The end of the function that is called around a place: what `f(a, |b)` asks about. */
function calleeAround(code: string, index: number): number | undefined {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  let found: number | undefined;
  const visit = (node: TS.Node): void => {
    if (node.pos > index || node.end < index) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && index > node.expression.end) {
      found = node.expression.end - 1;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function quickInfo(inspector: Inspector, code: string, index: number): TS.QuickInfo | undefined {
  const places = [index, index - 1, calleeAround(code, index)];
  for (const place of places) {
    if (place === undefined || place < 0 || !/[\w$#]/.test(code.charAt(place))) continue;
    const info = inspector.inspect(code, place);
    // Of a name that nobody has declared the compiler says just `any`.
    if (info?.displayParts !== undefined && ts.displayPartsToString(info.displayParts) !== 'any')
      return info;
  }
  return undefined;
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function tagLine({ name, text }: TS.JSDocTagInfo): string {
  const body = ts.displayPartsToString(text);
  const [, word, rest] = /^(\S+)\s*-?\s*([^]*)$/.exec(body) ?? [];
  if (name === 'param' && word !== undefined) return `- \`${word}\`: ${rest}`;
  return body === '' ? `*${name}*` : `*${name}*: ${body}`;
}

/** What stands now behind the name at a place; undefined for members and what is not declared. */
function nowAt({ locals }: Inspector, code: string, index: number): string | undefined {
  const before = /(?<![\w$.])[\w$]*$/.exec(code.slice(0, index))?.[0];
  if (before === undefined) return undefined;
  const name = before + (/^[\w$]*/.exec(code.slice(index))?.[0] ?? '');
  return Object.hasOwn(locals, name) ? liveValue(locals[name]) : undefined;
}

/** What a name is, without how it came into scope. */
function signatureOf({ displayParts }: TS.QuickInfo): string {
  return ts
    .displayPartsToString(displayParts)
    .replace(/^\(alias\) /, '')
    .replace(/\n(import|export) [^\n]*$/, '');
}

/** Of a constructor that has no comment: that of its class. */
function documentationOf(inspector: Inspector, code: string, info: TS.QuickInfo): string {
  const own = ts.displayPartsToString(info.documentation);
  const { start, length } = info.textSpan;
  const before = /\bnew\s+([\w$.]*)$/.exec(code.slice(0, start));
  if (own !== '' || before === null) return own;
  const name = before[1] + code.slice(start, start + length);
  return ts.displayPartsToString(inspector.inspect(name, name.length - 1)?.documentation);
}

/** The content of an inspect_reply; `cursor` is counted in code points. */
export function inspect(inspector: Inspector, code: string, cursor: number): Content {
  const index = toUtf16(code, cursor);
  const info = quickInfo(inspector, code, index);
  if (info === undefined) return { status: 'ok', found: false, data: {}, metadata: {} };
  const signature = signatureOf(info);
  // Before anything else is inspected: the compiler has this cell now.
  const options = optionList(code, info.textSpan.start);
  const documentation = documentationOf(inspector, code, info);
  // Of `@throws {@link X}` the compiler makes two tags.
  const tags = (info.tags ?? [])
    .map(tagLine)
    .join('\n')
    .replace(/\{\n\*link\*: ([^}]*)\}/g, '$1');
  const now = nowAt(inspector, code, index);
  const below = [documentation, options, tags].filter((text) => text !== '');
  const plain = now === undefined ? below : [`now: ${now}`, ...below];
  const marked = now === undefined ? below : [fenced(`// now\n${now}`), ...below];
  const data = {
    'text/plain': [signature, ...plain].join('\n\n'),
    'text/markdown': [fenced(signature), ...marked].join('\n\n'),
  };
  return { status: 'ok', found: true, data, metadata: {} };
}
