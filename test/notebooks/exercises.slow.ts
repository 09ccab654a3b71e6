import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import { execute } from '../../lib/publish/execute';
import { type CodeCell, logOf } from '../../lib/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/publish/source';
import { type Check, checksOf } from './hosts';

describe('notebook of exercises', () => {
  it('waits for each answer while it is untouched, without a hint, and then finds it right', async () => {
    const readNotebook = async (name: string) =>
      notebookOf(await readSource(join(notebookFolder, `${name}.ts`)), 'zh');
    const notebook = await readNotebook('exercises');
    const solutions = checksOf(await readNotebook('solutions'));
    for (const { id, cell } of checksOf(notebook)) {
      const solutionCell = solutions.find(solution => solution.id === id)?.cell as CodeCell;
      const index = notebook.cells.indexOf(cell) + 1;
      notebook.cells.splice(index, 0, { ...solutionCell, id: `${cell.id}-solved` });
    }
    const answers = checksOf(await execute(notebook, { folder: notebookFolder }));
    assert.equal(answers.length, 2 * exercises.length);
    for (const [i, { id, texts }] of exercises.entries()) {
      const [untouched, solved] = answers.slice(2 * i, 2 * i + 2) as [Check, Check];
      assert.ok(untouched.words.startsWith(`○ ${id} `), untouched.words);
      assert.ok(!untouched.words.includes(texts.zh.hints[0]), untouched.words);
      assert.match(solved.words, new RegExp(`^✓ ${id} `, 'm'));
      assert.equal(logOf(solved.cell, 'stderr'), '');
    }
  });
});
