/** @file Keeps, of the declarations of a cell that was cut short, those that came to have a value. */
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
