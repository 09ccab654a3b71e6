/** What a learner sees of a cell in JupyterLab: its value, its error, and that ■ stops it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeNotebook } from '../../lib/tools/publish/notebook';
import { notebookOf } from '../../lib/tools/publish/source';
import { codeCell } from '../notebook';
import type { LabNotebook } from './lab';
import { type Desk, deskAt } from './support';

const FILE = 'cells.ipynb';

const sources = [
  'const answers = [40 + 2]; answers',
  'function broken(list: any) {\n  // The third line fails.\n  return list.first.value;\n}',
  'broken(answers)',
  "console.log('never reached');",
  'while (true);',
  'answers.length',
];

describe('cells in JupyterLab', function () {
  this.timeout(200_000);
  this.retries(1);
  let desk: Desk;
  let notebook: LabNotebook;

  before(async () => {
    desk = await deskAt('en', 1280, 900);
    const cells = sources.map(source => codeCell(source));
    await writeNotebook(join(desk.lab.folder, FILE), notebookOf(cells, 'en'));
    notebook = await desk.lab.open(desk.page, FILE);
  });
  after(() => desk?.leave());

  const prompt = (text: string) => notebook.cell(text).locator('.jp-InputPrompt').textContent();

  it('show a value with its number', async () => {
    const cell = notebook.cell('40 + 2');
    await (await notebook.start(cell))(60_000);
    const output = cell.locator('.jp-OutputArea-executeResult');
    assert.match((await output.locator('.jp-OutputPrompt').textContent()) ?? '', /^\[\d+\]:$/);
    assert.equal((await output.locator('pre').textContent())?.trim(), '[ 42 ]');
  });

  it('show an error with the lines that led to it, at which "Run All" stops', async () => {
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

  it('are stopped by ■ also where they never wait, and keep the variables', async () => {
    const finish = await notebook.start(notebook.cell('while (true)'));
    await desk.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor();
    await desk.page.locator('.jp-NotebookPanel-toolbar [data-command$="interrupt-kernel"]').click();
    await finish(20_000);
    const error = notebook.cell('while (true)').locator('.jp-OutputArea-output');
    assert.match((await error.textContent()) ?? '', /^Interrupt: the cell was interrupted/);
    const next = notebook.cell('answers.length');
    await (await notebook.start(next))(20_000);
    assert.equal((await next.locator('.jp-OutputArea-output').textContent())?.trim(), '1');
  });
});
