/**
 * @file Lets a cell say `declare global { ... }`: tslab exports whatever a cell declares, takes the
 * compiler's note of that for one more name, and looks for what is in it among the exports.
 */
import type * as TS from '@tslab/typescript-for-tslab';

const NOTE = '__global' as TS.__String;

/** Has the builder give files without the note. */
export function hideGlobalScope(builder: TS.BuilderProgram): void {
  const getSourceFile = builder.getSourceFile.bind(builder);
  builder.getSourceFile = (name) => {
    const file = getSourceFile(name);
    (file as { locals?: TS.SymbolTable } | undefined)?.locals?.delete(NOTE);
    return file;
  };
}

/** Has the checker keep quiet about names that are global, which are not to be exported. */
export function hideGlobals(ts: typeof TS, checker: TS.TypeChecker): void {
  const original = checker.getSymbolAtLocation.bind(checker);
  const isGlobal = (node: TS.Node): boolean =>
    ts.isModuleDeclaration(node) && (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
  checker.getSymbolAtLocation = (node) => {
    const symbol = original(node);
    const declared = symbol?.declarations ?? [];
    return declared.some((one) => ts.findAncestor(one, isGlobal) !== undefined)
      ? undefined
      : symbol;
  };
}
