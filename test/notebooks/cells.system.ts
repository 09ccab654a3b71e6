/** What a learner sees in JupyterLab of a cell that fails. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeNotebook } from '../../lib/tools/publish/notebook';
import { notebookOf } from '../../lib/tools/publish/source';
import { codeCell } from '../notebook';
import { type Desk, deskAt } from './support';

const FILE = 'cells.ipynb';

const sources = [
  'const answers = [40 + 2]; answers',
  'function broken(list: any) {\n  // The third line fails.\n  return list.first.value;\n}',
  'broken(answers)',
  "console.log('never reached');",
];

describe('a cell that fails in JupyterLab', function () {
  this.timeout(200_000);
  this.retries(1);
  let desk: Desk;
  before(async () => {
    desk = await deskAt('en', 1280, 900);
  });
  after(() => desk?.leave());

  it('shows the lines that led to its error, at which "Run All" stops', async () => {
    const cells = sources.map(source => codeCell(source));
    await writeNotebook(join(desk.lab.folder, FILE), notebookOf(cells, 'en'));
    const notebook = await desk.lab.open(desk.page, FILE);
    const prompt = (text: string) => notebook.cell(text).locator('.jp-InputPrompt').textContent();

    await notebook.menu('Run', 'Run All Cells');
    const failing = notebook.cell('broken(answers)');
    const error = failing.locator('[data-mime-type="application/vnd.jupyter.stderr"]');
    await error.waitFor({ timeout: 60_000 });
    await notebook.idle();
    const count = /\d+/.exec((await prompt('broken(answers)')) ?? '')?.[0];
    const defined = Number(count) - 1;
    assert.equal(
      ((await error.textContent()) ?? '').trimEnd(),
      `TypeError: Cannot read properties of undefined (reading 'value')
    at cell [${defined}], line 3
      return list.first.value;
    at cell [${count}], line 1
      broken(answers)`,
    );
    assert.equal(await prompt('never reached'), '[ ]:');
    assert.equal((await notebook.errors()).length, 1);
  });
});
