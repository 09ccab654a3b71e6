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
  type Notebook,
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

const code = (cells: Cell[]): string[] => cells.filter(isCode).map(cell => joined(cell.source));

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

  const run = (notebook: Notebook) => execute(notebook, { folder: notebookFolder });

  it('has the same titles and the same preparation as its solutions', () => {
    const titles = (cells: Cell[]) =>
      cells.flatMap(cell => joined(cell.source).match(/^### \d.*$|^## \d.*$/gm) ?? []);
    assert.equal(
      titles(worksheet).filter(title => title.startsWith('### ')).length,
      2 * ids.length,
    );
    assert.deepEqual(titles(solutions), titles(worksheet));
    const preparation = (cells: Cell[]) => code(cells).filter(source => !CHECK.test(source));
    assert.deepEqual(preparation(solutions), preparation(worksheet));
  });

  it('names each exercise above its cell, in both languages', () => {
    for (const language of languages) {
      const { cells } = notebookOf(worksheet, language);
      for (const [at, cell] of cells.entries()) {
        const id = isCode(cell) ? exerciseOf(cell) : undefined;
        if (id) assert.ok(joined((cells[at - 1] as Cell).source).startsWith(`### ${id} `), id);
      }
    }
  });

  it('fails every check while it is untouched, with the first hint, and stops nowhere', async () => {
    const { cells } = await run(notebookOf(worksheet, 'zh'));
    const answers = answerCells(cells);
    assert.deepEqual([...answers.keys()], ids);
    for (const { id, texts } of exercises) {
      const words = said(answers.get(id) as CodeCell);
      assert.match(words, /^✗ /, id);
      assert.ok(words.includes(texts.zh.hints[0]), words);
    }
  });

  it('passes every check with the solutions in place', async () => {
    const notebook = notebookOf(worksheet, 'en');
    const right = answerCells(solutions);
    for (const [id, cell] of answerCells(notebook.cells)) {
      cell.source = joined((right.get(id) as CodeCell).source);
    }
    const { cells } = await run(notebook);
    for (const [id, cell] of answerCells(cells)) {
      assert.match(said(cell), new RegExp(`^✓ ${id} `, 'm'));
      assert.equal(printed(cell, 'stderr'), '');
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
