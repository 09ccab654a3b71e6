import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import { execute } from '../../lib/tools/publish/execute';
import {
  type Cell,
  type CodeCell,
  displays,
  isCode,
  joined,
  type MultilineText,
  printed,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';

const CHECK = /check\('([\d.]+)'/;
const ids = exercises.map(({ id }) => id);

/** The exercise that a cell answers. */
const exerciseOf = (cell: Cell): string | undefined => CHECK.exec(joined(cell.source))?.[1];

/** The cells that answer exercises, by exercise. */
const answerCells = (cells: Cell[]): Map<string, CodeCell> =>
  new Map(
    cells.filter(isCode).flatMap(cell => {
      const id = exerciseOf(cell);
      return id ? [[id, cell]] : [];
    }),
  );

/** What the check shows: the last output of its cell, as plain text. */
const said = (cell: CodeCell): string =>
  joined((displays(cell).at(-1)?.['text/plain'] as MultilineText | undefined) ?? '');

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
      const { cells } = notebookOf(worksheet, language);
      assert.deepEqual([...answerCells(cells).keys()], ids);
      for (const [at, cell] of cells.entries()) {
        const id = isCode(cell) ? exerciseOf(cell) : undefined;
        if (id) assert.ok(joined((cells[at - 1] as Cell).source).startsWith(`### ${id} `), id);
      }
    }
  });

  it('fails each check while it is untouched, with the first hint, and then passes it', async () => {
    const notebook = notebookOf(worksheet, 'zh');
    const solved = answerCells(notebookOf(solutions, 'zh').cells);
    notebook.cells = notebook.cells.flatMap(cell => {
      const id = isCode(cell) ? exerciseOf(cell) : undefined;
      return id ? [cell, { ...(solved.get(id) as CodeCell), id: `${cell.id}-solved` }] : [cell];
    });
    const { cells } = await execute(notebook, { folder: notebookFolder });
    const answers = cells.filter(isCode).filter(cell => exerciseOf(cell));
    assert.equal(answers.length, 2 * ids.length);
    for (const [i, { id, texts }] of exercises.entries()) {
      const [untouched, right] = answers.slice(2 * i, 2 * i + 2) as [CodeCell, CodeCell];
      assert.ok(said(untouched).startsWith(`✗ ${id} `), said(untouched));
      assert.ok(said(untouched).includes(texts.zh.hints[0]), said(untouched));
      assert.match(said(right), new RegExp(`^✓ ${id} `, 'm'));
      assert.equal(printed(right, 'stderr'), '');
    }
  });

  describe('as it is saved', () => {
    const saved = (name: string, language: Language) =>
      readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

    for (const language of languages) {
      it(`is clean, in "${language}"`, async () => {
        const { cells } = await saved('exercises', language);
        for (const cell of cells.filter(isCode)) {
          assert.deepEqual([cell.outputs, cell.execution_count], [[], null], cell.id);
        }
      });

      it(`has its solutions folded and passed, in "${language}"`, async () => {
        const answers = answerCells((await saved('solutions', language)).cells);
        assert.deepEqual([...answers.keys()], ids);
        for (const [id, cell] of answers) {
          assert.deepEqual(cell.metadata.jupyter, { source_hidden: true }, id);
          assert.match(said(cell), new RegExp(`^✓ ${id} `, 'm'));
        }
      });
    }
  });
});
