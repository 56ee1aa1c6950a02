/** @file What a module exports, read from its declaration file without running the module. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as TS from '@tslab/typescript-for-tslab';
import { ts } from './typescript';

export interface ExportedName {
  name: string;
  /** Exists for the compiler only: an interface, a type. */
  typeOnly: boolean;
}

function declarationFile(module: string): string | undefined {
  return [`${module}.d.ts`, path.join(module, 'index.d.ts')].find((file) => existsSync(file));
}

function fromExport(statement: TS.ExportDeclaration, file: string): ExportedName[] {
  const { exportClause, moduleSpecifier, isTypeOnly } = statement;
  if (exportClause === undefined) {
    const target = (moduleSpecifier as TS.StringLiteral).text;
    // A star from a package: its names are not the library's own.
    if (!target.startsWith('.')) return [];
    return exportedNames(path.join(path.dirname(file), target));
  }
  if (ts.isNamespaceExport(exportClause)) {
    return [{ name: exportClause.name.text, typeOnly: isTypeOnly }];
  }
  return exportClause.elements.map((element) => ({
    name: element.name.text,
    typeOnly: isTypeOnly || element.isTypeOnly,
  }));
}

function fromDeclaration(statement: TS.Statement): ExportedName[] {
  const exported = ts.canHaveModifiers(statement)
    ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    : false;
  if (exported !== true) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => ({
      name: name.getText(),
      typeOnly: false,
    }));
  }
  const { name } = statement as TS.DeclarationStatement;
  const typeOnly = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return name === undefined ? [] : [{ name: name.getText(), typeOnly }];
}

/** The names that a module exports; `module` is its path without an extension. */
export function exportedNames(module: string): ExportedName[] {
  const file = declarationFile(module);
  if (file === undefined) return [];
  const text = readFileSync(file, 'utf8');
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return parsed.statements
    .flatMap((statement) =>
      ts.isExportDeclaration(statement) ? fromExport(statement, file) : fromDeclaration(statement),
    )
    .filter(({ name }) => name !== 'default');
}
