/** @file The options that a class or function takes in one object, as a list with their comments. */
import type * as TS from '@tslab/typescript-for-tslab';
import { currentProgram, ts } from './typescript';

/** Options that are listed at most. */
const MOST = 40;

const isOptional = ({ flags }: TS.Symbol): boolean => (flags & ts.SymbolFlags.Optional) !== 0;

/** How a name is called: as the call around it does, else in the first way that it allows. */
function signatureOf(name: TS.Node, checker: TS.TypeChecker): TS.Signature | undefined {
  let node = name;
  while (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
    node = node.parent;
  const { parent } = node;
  const isCall = ts.isNewExpression(parent) || ts.isCallExpression(parent);
  if (isCall && parent.expression === node) return checker.getResolvedSignature(parent);
  const type = checker.getTypeAtLocation(name);
  return [...type.getCallSignatures(), ...type.getConstructSignatures()][0];
}

/** The innermost node that begins at a place. */
function nodeAt(file: TS.SourceFile, place: number): TS.Node | undefined {
  let found: TS.Node | undefined;
  const visit = (node: TS.Node): void => {
    if (node.getStart(file) === place) found = node;
    if (node.pos <= place && place < node.end) ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The members of a type of options: one that is called so, or that has no name. */
function optionsOf(type: TS.Type, checker: TS.TypeChecker): TS.Symbol[] {
  const object = checker.getNonNullableType(type);
  if (!(object.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return [];
  if (checker.isArrayType(object) || object.getCallSignatures().length > 0) return [];
  const name = (object.aliasSymbol ?? object.getSymbol())?.name ?? '';
  const isOptions = /Options$/.test(name) || name === '__type' || name === '';
  return isOptions ? object.getProperties() : [];
}

function line(option: TS.Symbol, at: TS.Node, checker: TS.TypeChecker): string {
  const type = checker.getTypeOfSymbolAtLocation(option, at);
  const shown = isOptional(option) ? checker.getNonNullableType(type) : type;
  const { UseAliasDefinedOutsideCurrentScope } = ts.TypeFormatFlags;
  const text = checker.typeToString(shown, at, UseAliasDefinedOutsideCurrentScope);
  const comment = ts
    .displayPartsToString(option.getDocumentationComment(checker))
    .replace(/\s*\n\s*/g, ' ');
  const end = comment === '' ? '' : ` ${comment}`;
  return `- \`${option.name}${isOptional(option) ? '?' : ''}: ${text.replace(/\s+/g, ' ')}\`${end}`;
}

/**
 * The options of what is called at a name, one a line, those first that must be given.
 * @param code - The cell, as it was inspected last.
 * @param start - Where the name begins in it.
 */
export function optionList(code: string, start: number): string {
  const program = currentProgram();
  const file = program?.getSourceFiles().find(({ text }) => text.endsWith(code));
  if (!program || !file) return '';
  const name = nodeAt(file, file.text.length - code.length + start);
  if (!name) return '';
  const checker = program.getTypeChecker();
  const [parameter] = signatureOf(name, checker)?.getParameters() ?? [];
  if (!parameter) return '';
  const options = optionsOf(checker.getTypeOfSymbolAtLocation(parameter, name), checker);
  const ordered = [...options].sort((a, b) => Number(isOptional(a)) - Number(isOptional(b)));
  const lines = ordered.slice(0, MOST).map((option) => line(option, name, checker));
  const more = options.length - lines.length;
  return [...lines, ...(more > 0 ? [`- ... and ${more} more`] : [])].join('\n');
}
