/**
 * Has the code of a cell look, behind each `await`, whether the cell was broken off meanwhile: what waits
 * would else go on behind the cells that follow.
 */
import type * as TypeScript from '@tslab/typescript-for-tslab';

/** The function that looks, and returns what it is given. */
export const WAIT = '__wait__';

export function stoppable(
  ts: typeof TypeScript,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return context => file => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (!ts.isAwaitExpression(inner)) return inner;
      const call = ts.factory.createCallExpression(ts.factory.createIdentifier(WAIT), undefined, [
        inner,
      ]);
      return ts.setSourceMapRange(ts.setTextRange(call, node), node);
    };
    return ts.visitEachChild(file, visit, context);
  };
}
