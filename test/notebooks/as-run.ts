/** Puts what a page shows below the cells of a notebook into the notebook. */
import assert from 'node:assert/strict';
import { type CodeCell, isCode, type Notebook } from '../../lib/tools/publish/notebook';

/** What a code cell has on a page. */
export interface Shown {
  readonly count: number | null;
  readonly outputs: readonly object[];
}

/** @param shown of each code cell, in their order. */
export function asRun(notebook: Notebook, shown: readonly Shown[]): Notebook {
  const left = [...shown];
  const cells = notebook.cells.map(cell => {
    if (!isCode(cell)) return cell;
    const { count = null, outputs = [] } = left.shift() ?? {};
    return { ...cell, execution_count: count, outputs: outputs as CodeCell['outputs'] };
  });
  assert.equal(shown.length, cells.filter(isCode).length);
  return { ...notebook, cells };
}
