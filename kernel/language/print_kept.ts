/**
 * @file The text of declarations of which some are left out. tslab prints those of all earlier cells
 * anew for every cell; what is left as it was is taken as it stands.
 */
import type * as TS from '@tslab/typescript-for-tslab';

/** Whether nothing was left out within a statement, as tslab does with variables and imports. */
function isWhole(ts: typeof TS, statement: TS.Statement, file: TS.SourceFile): boolean {
  if (ts.isImportDeclaration(statement)) return false;
  if (!ts.isVariableStatement(statement)) return true;
  const { declarationList: list } = statement;
  const { declarations } = list;
  const keyword = file.text.slice(list.getStart(file), declarations[0]?.pos);
  const ends = [...declarations.slice(1).map(({ pos }) => pos - 1), list.end];
  const isContiguous = declarations.every(({ end }, i) => end === ends[i]);
  return isContiguous && /^(const|let|var)$/.test(keyword);
}

/**
 * @param file - Declarations as a printer wrote them, some of them left out since.
 * @returns What `printer.printFile` gives.
 */
export function printKept(ts: typeof TS, printer: TS.Printer, file: TS.SourceFile): string {
  const texts = file.statements.map((statement) =>
    isWhole(ts, statement, file)
      ? file.text.slice(statement.getFullStart(), statement.end).trim()
      : printer.printNode(ts.EmitHint.Unspecified, statement, file),
  );
  return texts.map((text) => `${text}\n`).join('');
}
