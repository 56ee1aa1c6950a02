/** @file `name?` asks for the documentation of a name, as in IPython; no program looks like that. */

const QUESTION = /^\s*(?:(\?{1,2})\s*)?([\p{ID_Start}$_][\p{ID_Continue}$.]*)\s*(\?{1,2})?\s*$/u;

/** The name that a cell asks about; undefined for cells that are code. */
export function askedName(code: string): string | undefined {
  const [, before, name, after] = QUESTION.exec(code) ?? [];
  return before === undefined && after === undefined ? undefined : name;
}
