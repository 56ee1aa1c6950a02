/** @file What the compiler finds wrong with a cell, as one error with an excerpt for each. */
import type { Diagnostic } from 'tslab/dist/converter';
import { excerpt } from './excerpt';
import { ansi } from './ansi';

/** The cell was not run because the compiler refused it. */
export class TypeScriptError extends Error {
  /** @param report - All that is wrong, with excerpts, one string a line. */
  constructor(
    message: string,
    readonly report: readonly string[],
  ) {
    super(message);
    this.name = 'TypeScriptError';
  }
}

/** A diagnostic with the further lines that explain it. */
interface Finding {
  head: Diagnostic;
  details: string[];
}

/** Codes below are of syntax errors. */
const FIRST_SEMANTIC = 2000;

function sameSpan(left: Diagnostic, right: Diagnostic): boolean {
  const same = left.start.offset === right.start.offset && left.end.offset === right.end.offset;
  return same && left.fileName === right.fileName;
}

/** Text that cannot be parsed makes the compiler guess about the rest: only the former is shown. */
function relevant(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const syntax = diagnostics.filter(({ code }) => code < FIRST_SEMANTIC);
  return syntax.length > 0 ? syntax : diagnostics;
}

/** tslab flattens a chain of explanations into diagnostics of the same place. */
function group(diagnostics: readonly Diagnostic[]): Finding[] {
  const findings: Finding[] = [];
  for (const diagnostic of diagnostics) {
    const known = findings.find(({ head }) => sameSpan(head, diagnostic));
    if (known === undefined) {
      findings.push({ head: diagnostic, details: [] });
    } else if (![known.head.messageText, ...known.details].includes(diagnostic.messageText)) {
      known.details.push(diagnostic.messageText);
    }
  }
  return findings;
}

function describe({ head, details }: Finding, cell: string, code: string): string[] {
  const [line, column] = [head.start.line + 1, head.start.character + 1];
  const place = `${head.fileName ?? cell}:${line}:${column}`;
  const lines = [
    `${ansi.cyan(place)} - ${ansi.red('error')} TS${head.code}: ${head.messageText}`,
    ...details.map((detail) => `  ${detail}`),
  ];
  if (head.fileName !== undefined) return lines;
  const length = head.end.line === head.start.line ? head.end.character - column + 1 : 1;
  return [...lines, ...excerpt(code, { line, column }, { length })];
}

/** The error that stands for all diagnostics of a cell. */
export function compileError(
  diagnostics: readonly Diagnostic[],
  cell: string,
  code: string,
): TypeScriptError {
  const findings = group(relevant(diagnostics));
  const { head } = findings[0];
  const place = `${head.fileName ?? cell}:${head.start.line + 1}:${head.start.character + 1}`;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return new TypeScriptError(
    `${place} - ${head.messageText} (TS${head.code})${more}`,
    findings.flatMap((finding) => describe(finding, cell, code)),
  );
}
