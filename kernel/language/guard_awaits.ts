/**
 * @file Makes cell code stop at its next await once the cell was interrupted: `await e` becomes
 * `await __tslab__.guard(e)`, `for await (x of e)` becomes `for await (x of __tslab__.guardEach(e))`.
 */
import type * as TS from '@tslab/typescript-for-tslab';

export function guardAwaits(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const guarded = (name: string, expression: TS.Expression): TS.Expression => {
      const call = factory.createCallExpression(
        factory.createPropertyAccessExpression(factory.createIdentifier('__tslab__'), name),
        undefined,
        [expression],
      );
      return ts.setTextRange(call, expression);
    };
    const visit = (node: TS.Node): TS.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isAwaitExpression(inner)) {
        return factory.updateAwaitExpression(inner, guarded('guard', inner.expression));
      }
      if (ts.isForOfStatement(inner) && inner.awaitModifier !== undefined) {
        const { awaitModifier, initializer, expression, statement } = inner;
        const each = guarded('guardEach', expression);
        return factory.updateForOfStatement(inner, awaitModifier, initializer, each, statement);
      }
      return inner;
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** Whether some code awaits outside of any function. */
export function awaitsAtTop(ts: typeof TS, code: string): boolean {
  if (!code.includes('await')) return false;
  const visit = (node: TS.Node): boolean => {
    if (ts.isAwaitExpression(node)) return true;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  // As a module: only there is `await (x)` an await and not a call.
  const text = `${code}\nexport {};`;
  return visit(ts.createSourceFile('cell.js', text, ts.ScriptTarget.Latest, false));
}
