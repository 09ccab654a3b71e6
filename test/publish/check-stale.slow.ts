import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../lib/digits/item-at';
import { findProblems } from '../../lib/publish/check-stale';
import { type Cell, type CodeCell, isCode, type Notebook } from '../../lib/publish/notebook';
import { temporaryFolder } from '../folder';
import { readData } from '../texts';
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

  const FAULTS: Record<string, () => void> = {
    'not run': () =>
      edit(cells => {
        itemAt(cells, 1).execution_count = null;
      }),
    'too many': () =>
      edit((cells, all) => {
        all.push({ ...itemAt(cells, 1), id: 'mine' });
      }),
    missing: () => rmSync(path('small.zh.ipynb')),
  };
  interface Fault {
    readonly made: string | readonly [from: string, to: string];
    readonly problems: readonly string[];
  }
  const faults = readData<Readonly<Record<string, Fault>>>('publish/stale.yml');
  for (const [fault, { made, problems }] of Object.entries(faults)) {
    it(`finds ${fault}`, async () => {
      folder = temporaryFolder();
      cpSync(fixtures, folder, { recursive: true });
      if (typeof made === 'string') FAULTS[made]?.();
      else change(...made);
      const messages = await findProblems(folder, 'small');
      assert.equal(messages.length, problems.length, messages.join('\n'));
      for (const [i, problem] of problems.entries())
        assert.match(messages[i] ?? '', new RegExp(problem));
    });
  }
});
