/**
 * @file What a cell declares: all of it is exported, and kept if it came to have a value; what it
 * would have declared anew but did not reach stays as it was.
 */
import type * as TS from '@tslab/typescript-for-tslab';

function parse(ts: typeof TS, text: string): TS.SourceFile {
  return ts.createSourceFile('declared.d.ts', text, ts.ScriptTarget.Latest, true);
}

function print(ts: typeof TS, file: TS.SourceFile, statements: readonly TS.Statement[]): string {
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  return printer.printFile(ts.factory.updateSourceFile(file, statements));
}

function boundNames(ts: typeof TS, name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name),
  );
}

/** The names that a statement declares. */
function namesOf(ts: typeof TS, statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(ts, name));
  }
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const named = namedBindings !== undefined && ts.isNamedImports(namedBindings);
    const bound = named ? namedBindings.elements : [namedBindings];
    return [name, ...bound.map((one) => one?.name)].flatMap((one) => one?.text ?? []);
  }
  const { name } = statement as TS.DeclarationStatement;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** The names that code declares at its top. */
export function declaredNames(ts: typeof TS, code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => namesOf(ts, statement));
}

/** Of declarations those of some names, as text. */
export function declarationsOf(
  ts: typeof TS,
  declarations: string,
  names: ReadonlySet<string>,
): string {
  const file = parse(ts, declarations);
  const of = (statement: TS.Statement): boolean =>
    namesOf(ts, statement).some((name) => names.has(name));
  return print(ts, file, file.statements.filter(of));
}

/**
 * The namespaces among earlier declarations, and what they add to the global one, as text: tslab
 * keeps all others itself.
 * @param anew - Names that the next cell declares.
 */
export function namespacesOf(ts: typeof TS, declarations: string, anew: readonly string[]): string {
  const file = parse(ts, declarations);
  const isKept = (statement: TS.Statement): boolean => {
    if (!ts.isModuleDeclaration(statement)) return false;
    if ((statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return true;
    return !namesOf(ts, statement).some((name) => anew.includes(name));
  };
  return print(ts, file, file.statements.filter(isKept));
}

/** Whether undefined is a value of some type, as far as its text tells. */
function admitsUndefined(ts: typeof TS, type: TS.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isUnionTypeNode(type)) return type.types.some((one) => admitsUndefined(ts, one));
  const { UndefinedKeyword, AnyKeyword, UnknownKeyword, VoidKeyword } = ts.SyntaxKind;
  return [UndefinedKeyword, AnyKeyword, UnknownKeyword, VoidKeyword].some((k) => k === type.kind);
}

/**
 * @param declarations - Text of a declaration file.
 * @param hasValue - Whether a name was given a value.
 * @returns The text without the variables, classes and enumerations that lack theirs.
 */
export function keepDeclared(
  ts: typeof TS,
  declarations: string,
  hasValue: (name: string) => boolean,
): string {
  const file = parse(ts, declarations);
  const { factory } = ts;
  const isKept = ({ name, type }: TS.VariableDeclaration): boolean =>
    !ts.isIdentifier(name) || hasValue(name.text) || admitsUndefined(ts, type);
  const kept = file.statements.flatMap((statement): TS.Statement[] => {
    const isClass = ts.isClassDeclaration(statement);
    if (isClass || (ts.isEnumDeclaration(statement) && !isConst(ts, statement))) {
      return namesOf(ts, statement).every(hasValue) ? [statement] : [];
    }
    if (!ts.isVariableStatement(statement)) return [statement];
    const list = statement.declarationList;
    const left = list.declarations.filter(isKept);
    if (left.length === 0) return [];
    const newList = factory.updateVariableDeclarationList(list, left);
    return [factory.updateVariableStatement(statement, statement.modifiers, newList)];
  });
  return print(ts, file, kept);
}

/** Enumerations of constants leave nothing behind that could be looked at. */
function isConst(ts: typeof TS, { modifiers }: TS.EnumDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ConstKeyword) === true;
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
