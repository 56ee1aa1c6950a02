/** @file Completions, typed, in the form that JupyterLab's completer reads. */
import type { CompletionInfo } from 'tslab/dist/converter';
import type { Content } from '../io';
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

/** The content of a complete_reply; places are counted in code points on both sides. */
export function complete(completer: Completer, code: string, cursor: number): Content {
  const info = completer.complete(code, toUtf16(code, cursor));
  const typed = code.slice(info.start, toUtf16(code, cursor)).toLowerCase();
  // tslab also gives names that have the typed text somewhere in their middle.
  const matches = info.candidates.filter((name) => name.toLowerCase().startsWith(typed));
  const start = toCodePoints(code, info.start);
  const end = toCodePoints(code, info.end);
  const kinds = new Map(info.original?.entries.map(({ name, kind }) => [name, String(kind)]));
  const types = matches.map((text) => {
    const kind = kinds.get(text) ?? '';
    return { text, start, end, type: KINDS[kind] ?? kind };
  });
  const metadata = { _jupyter_types_experimental: types };
  return { status: 'ok', matches, cursor_start: start, cursor_end: end, metadata };
}
