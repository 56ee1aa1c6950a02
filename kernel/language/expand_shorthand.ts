/**
 * @file Lets `{ train }` mean a name that an earlier cell declared. tslab reaches such names as
 * `exports.train`, but overlooks them where they stand for both a property and its value.
 */
import type * as TS from '@tslab/typescript-for-tslab';

/** Writes `{ train }` as `{ train: train }`; the second is the node that the compiler knows. */
export function expandShorthand(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const visit = (node: TS.Node): TS.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (!ts.isShorthandPropertyAssignment(inner) || inner.objectAssignmentInitializer)
        return inner;
      const { factory } = context;
      const name = factory.createIdentifier(inner.name.text);
      return ts.setTextRange(factory.createPropertyAssignment(name, inner.name), inner);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** Has the checker answer with the value's symbol where a name is also that of a property. */
export function seeShorthandValues(ts: typeof TS, checker: TS.TypeChecker): void {
  const original = checker.getSymbolAtLocation.bind(checker);
  checker.getSymbolAtLocation = (node) =>
    node.parent !== undefined && ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : original(node);
}
