/** @file Completions, typed, in the form that JupyterLab's completer reads. */
import type { CompletionInfo } from 'tslab/dist/converter';
import type { Content } from '../io';
import { aliasKinds } from './alias_kinds';
import { toCodePoints, toUtf16 } from './positions';

/** What answers: tslab's executor. */
export interface Completer {
  complete(code: string, index: number): CompletionInfo;
}

/** From TypeScript's kinds of names to those for which JupyterLab has icons. */
const KINDS: Record<string, string> = {
  const: 'constant',
  let: 'variable',
  var: 'variable',
  parameter: 'variable',
  'local var': 'variable',
  method: 'method',
  'local function': 'function',
  getter: 'property',
  setter: 'property',
  'primitive type': 'type',
  'external module name': 'module',
};

/** Names that may stand at a place; it is given in UTF-16 units. */
export interface Proposals {
  found: readonly { text: string; type: string }[];
  start: number;
  end: number;
}

/** The content of a complete_reply. */
export function proposalReply(code: string, { found, ...place }: Proposals): Content {
  const [start, end] = [toCodePoints(code, place.start), toCodePoints(code, place.end)];
  const types = found.map(({ text, type }) => ({ text, start, end, type }));
  const matches = found.map(({ text }) => text);
  const metadata = { _jupyter_types_experimental: types };
  return { status: 'ok', matches, cursor_start: start, cursor_end: end, metadata };
}

/** Completes TypeScript; `cursor` is counted in code points. */
export function complete(completer: Completer, code: string, cursor: number): Content {
  const index = toUtf16(code, cursor);
  const info = completer.complete(code, index);
  const typed = code.slice(info.start, index).toLowerCase();
  // tslab also gives names that have the typed text somewhere in their middle.
  const matches = info.candidates.filter((name) => name.toLowerCase().startsWith(typed));
  const kinds = new Map(info.original?.entries.map(({ name, kind }) => [name, String(kind)]));
  const behind = aliasKinds(code, index);
  const found = matches.map((text) => {
    const said = kinds.get(text) ?? '';
    const kind = said === 'alias' ? (behind.get(text) ?? said) : said;
    return { text, type: KINDS[kind] ?? kind };
  });
  return proposalReply(code, { found, start: info.start, end: info.end });
}
