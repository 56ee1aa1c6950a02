/** @file Whether a piece of code can be run, needs more lines, or is wrong whatever follows. */
import { askedName } from './asked_name';
import { ts } from './typescript';

export interface Completeness {
  status: 'complete' | 'incomplete' | 'invalid';
  /** White space to begin the next line with, if incomplete. */
  indent?: string;
}

/** Codes of errors that more text can mend: unterminated template, comment, regular expression. */
const MENDED_BY_MORE = new Set([1010, 1160, 1161]);

interface Parsed {
  parseDiagnostics: readonly { start: number; length: number; code: number }[];
}

function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf('\n') + 1);
  const current = /^\s*/.exec(line)?.[0] ?? '';
  return /[{([]\s*$/.test(line) ? `${current}  ` : current;
}

export function completeness(code: string): Completeness {
  if (askedName(code) !== undefined) return { status: 'complete' };
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = file as unknown as Parsed;
  if (parseDiagnostics.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length;
  const mendable = parseDiagnostics.every(
    ({ start, length, code: number }) => MENDED_BY_MORE.has(number) || start + length >= end,
  );
  if (!mendable) return { status: 'invalid' };
  // Two empty lines mean: run it as it is.
  if (/\n\s*\n\s*$/.test(code)) return { status: 'invalid' };
  return { status: 'incomplete', indent: indentAfter(code) };
}
