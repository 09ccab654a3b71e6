import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import { execute } from '../../lib/tools/publish/execute';
import { type Cell, type CodeCell, joined, printed } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { type Check, checksOf, saved } from './hosts';

const ids = exercises.map(({ id }) => id);

describe('notebook of exercises', function () {
  this.timeout(300_000);
  let worksheet: Cell[];
  let solutions: Cell[];
  before(async () => {
    worksheet = await readSource(join(notebookFolder, 'exercises.ts'));
    solutions = await readSource(join(notebookFolder, 'solutions.ts'));
  });

  it('names each exercise above its cell, in both languages', () => {
    for (const language of languages) {
      const notebook = notebookOf(worksheet, language);
      const answers = checksOf(notebook);
      assert.deepEqual(
        answers.map(({ id }) => id),
        ids,
      );
      for (const { id, cell } of answers) {
        const above = notebook.cells[notebook.cells.indexOf(cell) - 1];
        assert.ok(joined(above?.source ?? '').startsWith(`### ${id} `), id);
      }
    }
  });

  it('fails each check while it is untouched, with the first hint, and then passes it', async () => {
    const notebook = notebookOf(worksheet, 'zh');
    const solved = checksOf(notebookOf(solutions, 'zh'));
    for (const { id, cell } of checksOf(notebook)) {
      const right = solved.find(each => each.id === id)?.cell as CodeCell;
      const at = notebook.cells.indexOf(cell) + 1;
      notebook.cells.splice(at, 0, { ...right, id: `${cell.id}-solved` });
    }
    const answers = checksOf(await execute(notebook, { folder: notebookFolder }));
    assert.equal(answers.length, 2 * ids.length);
    for (const [i, { id, texts }] of exercises.entries()) {
      const [untouched, right] = answers.slice(2 * i, 2 * i + 2) as [Check, Check];
      assert.ok(untouched.words.startsWith(`✗ ${id} `), untouched.words);
      assert.ok(untouched.words.includes(texts.zh.hints[0]), untouched.words);
      assert.match(right.words, new RegExp(`^✓ ${id} `, 'm'));
      assert.equal(printed(right.cell, 'stderr'), '');
    }
  });

  for (const language of languages) {
    it(`has its solutions saved, folded and passed, in "${language}"`, async () => {
      const answers = checksOf(await saved('solutions', language));
      assert.deepEqual(
        answers.map(({ id }) => id),
        ids,
      );
      for (const { id, cell, words } of answers) {
        assert.deepEqual(cell.metadata.jupyter, { source_hidden: true }, id);
        assert.match(words, new RegExp(`^✓ ${id} `, 'm'));
      }
    });
  }
});
