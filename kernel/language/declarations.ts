/** @file What a cell declares: all of it is exported, and kept if it came to have a value. */
import type * as TS from '@tslab/typescript-for-tslab';

/**
 * @param declarations - Text of a declaration file.
 * @param hasValue - Whether a variable was given a value.
 * @returns The text without the variables and classes that have none.
 */
export function keepDeclared(
  ts: typeof TS,
  declarations: string,
  hasValue: (name: string) => boolean,
): string {
  const file = ts.createSourceFile('declared.d.ts', declarations, ts.ScriptTarget.Latest, true);
  const { factory } = ts;
  const named = ({ name }: TS.VariableDeclaration): boolean =>
    !ts.isIdentifier(name) || hasValue(name.text);
  const kept = file.statements.flatMap((statement): TS.Statement[] => {
    if (ts.isClassDeclaration(statement)) {
      return statement.name === undefined || hasValue(statement.name.text) ? [statement] : [];
    }
    if (!ts.isVariableStatement(statement)) return [statement];
    const list = statement.declarationList;
    const left = list.declarations.filter(named);
    if (left.length === 0) return [];
    const newList = factory.updateVariableDeclarationList(list, left);
    return [factory.updateVariableStatement(statement, statement.modifiers, newList)];
  });
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  return printer.printFile(factory.updateSourceFile(file, kept));
}

/**
 * Blanks the word `export` before declarations: tslab exports whatever a cell declares, and twice
 * is an error. Everything stays in its place.
 */
export function withoutExports(ts: typeof TS, source: string): string {
  if (!source.includes('export')) return source;
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
  let text = source;
  for (const statement of file.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) continue;
    for (const modifier of modifiers) {
      if (modifier.kind !== ts.SyntaxKind.ExportKeyword) continue;
      text = `${text.slice(0, modifier.getStart())}      ${text.slice(modifier.end)}`;
    }
  }
  return text;
}
