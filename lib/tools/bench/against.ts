/** Compares the working tree with another commit, by turns. */
import { setUp, siteOf } from '../setup/setup';
import { setUpCommit } from './commit';
import { measureEpochs } from './epochs';
import type { BenchModel } from './models/models';
import { problemsOf } from './problems';
import type { Comparison } from './report';
import type { Row } from './rows';

/**
 * Measures rows of the working tree and of a commit. In a turn, both have a new process, and these train
 * alternately; the other one begins every time.
 *
 * @param rowsOf lists the rows to compare, of the tree in a folder.
 * @param models the models to train in place of the lesson's.
 */
export async function compare(
  ref: string,
  rowsOf: (root?: string) => Row[],
  models: readonly BenchModel[] | undefined,
  isQuick: boolean,
): Promise<{ commit: string; comparisons: Comparison[] }> {
  const { name: commit, folder } = await setUpCommit(ref, console.log);
  await setUp(siteOf({})); // An edited engine is compiled before it is measured.
  const turns = isQuick ? 1 : models ? 3 : 8;
  const plan = { turns, epochs: isQuick ? 5 : 7, ...(models && { seconds: 4 }) };
  const others = rowsOf(folder);
  const comparisons: Comparison[] = [];
  for await (const problem of problemsOf(models, isQuick)) {
    const { name, without = [] } = problem.model;
    for (const [i, row] of rowsOf().entries()) {
      if (without.includes(row.name)) continue;
      const pair = [
        { ...row, title: 'working tree' },
        { ...row, command: others[i]?.command, title: commit },
      ];
      const group = models ? `${name} · ${row.name}` : row.name;
      const [tree, other] = await measureEpochs(group, pair, problem, plan, console.log);
      if (tree && other) comparisons.push([tree, other]);
    }
  }
  return { commit, comparisons };
}
