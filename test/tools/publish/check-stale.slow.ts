import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { staleness } from '../../../lib/tools/publish/check-stale';
import { type CodeCell, isCode, type Notebook, PLOTLY } from '../../../lib/tools/publish/notebook';
import { notebookFolder, sourceNames } from '../../../lib/tools/publish/source';
import { temporaryFolder } from '../../folder';
import { shown } from '../../notebook';
import { fixtures } from './support';

describe('saved notebooks', () => {
  it('are fresh: run "npm run notebooks" after a change', async () => {
    const names = await sourceNames();
    assert.ok(names.includes('lesson'));
    const problems = await Promise.all(names.map(name => staleness(notebookFolder, name)));
    assert.deepEqual(problems.flat(), []);
  });
});

describe('staleness', () => {
  let folder: string;
  const path = (file: string) => join(folder, file);
  const change = (file: string, from: string, to: string) => {
    const text = readFileSync(path(file), 'utf8');
    assert.ok(text.includes(from), `${file} should hold ${from}`);
    writeFileSync(path(file), text.replace(from, to));
  };
  /** Changes the code cells of the English notebook. */
  const edit = (change: (code: CodeCell[]) => void) => {
    const file = path('small.en.ipynb');
    const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
    change(notebook.cells.filter(isCode));
    writeFileSync(file, JSON.stringify(notebook));
  };

  beforeEach(() => {
    folder = temporaryFolder();
    cpSync(fixtures, folder, { recursive: true });
  });

  const faults: [fault: string, make: () => void, problems: string[]][] = [
    ['nothing in fresh notebooks', () => {}, []],
    [
      'a changed text, in its language alone',
      () => change('small.ts', '## 2 Draw', '## 2 Draw it'),
      ['small.en.ipynb differs from its source from cell stage-2 on: run "npm run notebooks"'],
    ],
    [
      'a changed code, in both',
      () => change('small.ts', '[1, 4, 9]', '[1, 4]'),
      [
        'small.zh.ipynb differs from its source from cell stage',
        'small.en.ipynb differs from its source from cell stage',
      ],
    ],
    [
      'a cell that was not run, or out of order',
      () =>
        edit(cells => {
          itemAt(cells, 1).execution_count = null;
          itemAt(cells, 2).execution_count = 7;
        }),
      [
        'small.en.ipynb has cell intro-code-2 at count null, expected 2',
        'small.en.ipynb has cell stage-1-code-1 at count 7, expected 3',
      ],
    ],
    [
      'missing outputs',
      () =>
        edit(cells => {
          itemAt(cells, 2).outputs = [];
          itemAt(cells, 3).outputs = [];
        }),
      [
        'small.en.ipynb has no output saved in cell stage-1-code-1, which prints',
        'small.en.ipynb has no figure saved in cell stage-2-code-1, which displays one',
      ],
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
      ['small.en.ipynb has an output saved in cell intro-code-1, in a notebook to be filled in'],
    ],
    [
      'a figure without its picture',
      () =>
        edit(cells => {
          itemAt(cells, 3).outputs = [shown({ [PLOTLY]: {}, 'text/plain': 'Squares' })];
        }),
      ['small.en.ipynb has no picture beside the figure of cell stage-2-code-1'],
    ],
  ];
  for (const [fault, make, problems] of faults) {
    it(`finds ${fault}`, async () => {
      make();
      const found = await staleness(folder, 'small');
      assert.deepEqual(
        found.map((problem, i) => problem.slice(0, problems[i]?.length)),
        problems,
      );
    });
  }

  it('finds a removed cell', async () => {
    change('small.ts', '// %% [markdown] tags=["zh"]\n// ## 2 画图\n\n', '');
    assert.match((await staleness(folder, 'small')).join(), /small\.zh\.ipynb differs/);
  });

  it('finds a notebook that is missing', async () => {
    rmSync(path('small.zh.ipynb'));
    assert.match((await staleness(folder, 'small')).join(), /^small\.zh\.ipynb cannot be read: /);
  });

  it('finds code that is not the same in both languages', async () => {
    change('small.ts', "setLanguage('en');", "setLanguage('en');\nconsole.log('extra');");
    assert.match(
      (await staleness(folder, 'small')).join('\n'),
      /small\.ts has code for one language alone that differs by more than words in quotes/,
    );
  });

  it('finds a language that is not chosen, and lets words in quotes differ', async () => {
    const own = (language: string, word: string) =>
      `// %% tags=["${language}"]\nconst word = '${word}';\n\n// %%`;
    change('small.ts', '// %%\n', `${own('zh', '数')}\n\n${own('en', 'number')}\n`);
    const problems = (await staleness(folder, 'small')).join('\n');
    assert.doesNotMatch(problems, /small\.ts has code/);
    change('small.ts', "setLanguage('en');", "setLanguage('zh');");
    assert.match(
      (await staleness(folder, 'small')).join('\n'),
      /small\.ts should have setLanguage\('en'\); as code for "en" alone/,
    );
  });
});
