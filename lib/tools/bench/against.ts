/** Compares the working tree with another commit, by turns. */
import { setUpCommit } from './commit';
import { measureEpochs } from './epochs';
import type { BenchModel } from './models/models';
import { problemsOf } from './problems';
import type { Comparison } from './report';
import type { Row } from './rows';

/**
 * Measures rows of the working tree and of a commit. In every turn, both start a new process, and the processes train
 * alternately.
 *
 * @param rowsOf returns the rows of the tree in a folder.
 * @param models the models to train instead of the lesson's.
 */
export async function compare(
  ref: string,
  rowsOf: (root?: string) => Row[],
  models: readonly BenchModel[] | undefined,
  isQuick: boolean,
): Promise<{ commit: string; comparisons: Comparison[] }> {
  const { name: commit, folder } = await setUpCommit(ref, console.log);
  const turns = isQuick ? 1 : models ? 3 : 8;
  const plan = { turns, epochs: isQuick ? 5 : 7, ...(models && { seconds: 4 }) };
  const commitRows = rowsOf(folder);
  const comparisons: Comparison[] = [];
  for await (const problem of problemsOf(models, isQuick)) {
    const { name, without = [] } = problem.model;
    for (const [i, row] of rowsOf().entries()) {
      if (without.includes(row.name)) continue;
      const pair = [
        { ...row, title: 'working tree' },
        { ...row, command: commitRows[i]?.command, title: commit },
      ];
      const group = models ? `${name} · ${row.name}` : row.name;
      const [treeResult, commitResult] = await measureEpochs(
        group,
        pair,
        problem,
        plan,
        console.log,
      );
      if (treeResult && commitResult) comparisons.push([treeResult, commitResult]);
    }
  }
  return { commit, comparisons };
}
