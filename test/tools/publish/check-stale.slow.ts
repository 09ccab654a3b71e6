import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { staleness } from '../../../lib/tools/publish/check-stale';
import { type CodeCell, isCode, type Notebook, PLOTLY } from '../../../lib/tools/publish/notebook';
import { temporaryFolder } from '../../folder';
import { shown } from '../../notebook';
import { fixtures } from './support';

describe('staleness', () => {
  let folder: string;
  const path = (file: string) => join(folder, file);
  const change = (from: string, to: string) => {
    const text = readFileSync(path('small.ts'), 'utf8');
    assert.ok(text.includes(from), `the source should hold ${from}`);
    writeFileSync(path('small.ts'), text.replace(from, to));
  };
  /** Changes the code cells of the English notebook. */
  const edit = (change: (code: CodeCell[]) => void) => {
    const file = path('small.en.ipynb');
    const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
    change(notebook.cells.filter(isCode));
    writeFileSync(file, JSON.stringify(notebook));
  };

  const faults: [fault: string, make: () => void, ...problems: RegExp[]][] = [
    [
      'a changed code, in both',
      () => change('[1, 4, 9]', '[1, 4]'),
      /^small\.zh\.ipynb differs from its source from cell stage/,
      /^small\.en\.ipynb differs from its source from cell stage/,
    ],
    [
      'a cell that was not run, and missing outputs',
      () =>
        edit(cells => {
          itemAt(cells, 1).execution_count = null;
          itemAt(cells, 2).outputs = [];
          itemAt(cells, 3).outputs = [];
        }),
      /^small\.en\.ipynb has cell intro-code-2 at count null, expected 2$/,
      /^small\.en\.ipynb has no output saved in cell stage-1-code-1, which prints$/,
      /^small\.en\.ipynb has no figure saved in cell stage-2-code-1, which displays one$/,
    ],
    [
      'what was filled in where a learner should',
      () =>
        edit(cells => {
          for (const cell of cells.slice(1)) {
            Object.assign(cell, { outputs: [], execution_count: null });
          }
          itemAt(cells, 0).metadata.tags = ['worksheet'];
        }),
      /^small\.en\.ipynb differs from its source from cell intro-code-1 on/,
      /has an output saved in cell intro-code-1, in a notebook to be filled in$/,
    ],
    [
      'a notebook that is missing, and a figure without its picture',
      () => {
        rmSync(path('small.zh.ipynb'));
        edit(cells => {
          itemAt(cells, 3).outputs = [shown({ [PLOTLY]: {}, 'text/plain': 'Squares' })];
        });
      },
      /^small\.zh\.ipynb cannot be read: /,
      /^small\.en\.ipynb has no picture beside the figure of cell stage-2-code-1$/,
    ],
    [
      'a language that is not chosen',
      () => change("setLanguage('en');", "setLanguage('zh');"),
      /^small\.en\.ipynb differs from its source/,
      /^small\.ts should have setLanguage\('en'\); as code for "en" alone$/,
    ],
    [
      'code that is not the same in both languages',
      () => change("setLanguage('en');", "console.log('extra');\nsetLanguage('en');"),
      /^small\.en\.ipynb differs from its source/,
      /^small\.ts has code for one language alone that differs by more than words in quotes/,
    ],
  ];
  for (const [fault, make, ...problems] of faults) {
    it(`finds ${fault}`, async () => {
      folder = temporaryFolder();
      cpSync(fixtures, folder, { recursive: true });
      make();
      const found = await staleness(folder, 'small');
      assert.equal(found.length, problems.length, found.join('\n'));
      for (const [i, problem] of problems.entries()) assert.match(found[i] ?? '', problem);
    });
  }
});
