import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { staleness } from '../../../lib/tools/publish/check-stale';
import {
  type Cell,
  type CodeCell,
  isCode,
  type Notebook,
} from '../../../lib/tools/publish/notebook';
import { temporaryFolder } from '../../folder';
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
  const edit = (change: (code: CodeCell[], all: Cell[]) => void) => {
    const file = path('small.en.ipynb');
    const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
    change(notebook.cells.filter(isCode), notebook.cells);
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
      'a cell that was not run',
      () =>
        edit(cells => {
          itemAt(cells, 1).execution_count = null;
        }),
      /^small\.en\.ipynb differs from its source from cell intro-code-2 on: run "npm run notebooks"$/,
    ],
    [
      'a cell too many',
      () =>
        edit((cells, all) => {
          all.push({ ...itemAt(cells, 1), id: 'mine' });
        }),
      /^small\.en\.ipynb differs from its source from cell mine on/,
    ],
    [
      'what was filled in where a learner should',
      () => change('// %%\nimport', '// %% tags=["worksheet"]\nimport'),
      /^small\.zh\.ipynb differs from its source from cell intro-code-1 on/,
      /^small\.en\.ipynb differs from its source from cell intro-code-1 on/,
    ],
    [
      'a notebook that is missing',
      () => rmSync(path('small.zh.ipynb')),
      /^small\.zh\.ipynb cannot be read: /,
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
