import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { guess, reveal } from '../../../lib/digits/guess/guess';
import { setLanguage, tables } from '../../../lib/digits/language';
import { readLog } from '../../../lib/digits/record/learner';
import { oneUnit } from '../../../lib/digits/unit/one-unit';
import { writeNotebook } from '../../../lib/publish/notebook';
import { codeCell, displayOutput, notebookWith } from '../../notebook';
import { type Desk, deskAt, type Lab, type LabNotebook } from '../../notebooks/lab';
import { inNotebook } from '../notebook/support';

const { page: said } = tables.en.guesses;

describe('guesses and the unit in JupyterLab', function () {
  this.timeout(180_000);
  this.retries(1);
  const file = 'guesses.ipynb';
  let desk: Desk;
  let lab: Lab;
  let page: Page;
  let notebook: LabNotebook;
  before(async () => {
    setLanguage('en');
    process.env.DIGITS_RECORD = '';
    desk = await deskAt(1280, 900);
    ({ lab, page } = desk);
    const saved = async (source: string, call: () => void) => {
      const outputs = (await inNotebook(call)).map(({ data }) => displayOutput(data));
      return codeCell(source, outputs);
    };
    const cells = [
      codeCell("import * as digits from 'digits';"),
      await saved('digits.oneUnit();', oneUnit),
      await saved("digits.guess('first-loss');", () => guess('first-loss')),
      await saved("digits.reveal('first-loss', 2.5);", () => reveal('first-loss', 2.31)),
      codeCell('digits.guesses();'),
    ];
    await writeNotebook(join(lab.folder, file), notebookWith(...cells));
    notebook = await lab.open(page, file);
  });
  after(async () => {
    process.env.DIGITS_RECORD = 'off';
    await desk?.leave();
  });

  const output = (code: string) => notebook.cell(code).locator('.jp-OutputArea-output');
  const status = (code: string) => output(code).getByRole('status').textContent();
  const pick = (name: string) => output('guess(').getByRole('button', { name, exact: true });

  it('stand there without buttons where the notebook is not trusted', async () => {
    assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
    const living = page.locator('.jp-OutputArea-output').locator('script, button, input');
    assert.equal(await living.count(), 0);
    assert.match(`${await output('guess(').textContent()}`, / {3}D\. /);
    assert.equal(await output('reveal(').locator('details div').isVisible(), false);
    assert.match(`${await output('oneUnit').textContent()}`, /h = relu\(z\) = max\(0, 1\) = 1/);
  });

  it('move the unit by keys, which JupyterLab leaves alone', async () => {
    for (const code of ['import', 'oneUnit']) await notebook.runCell(code);
    await output('oneUnit').getByRole('slider', { name: 'Bias b' }).focus();
    for (const key of ['ArrowRight', 'ArrowUp', 'End']) await page.keyboard.press(key);
    const unit = output('oneUnit').getByRole('status');
    assert.equal(await unit.textContent(), tables.en.unit.page.answers.replace('{h}', '3'));
  });

  it('take a click before the cell runs, and show it beside the result', async () => {
    await notebook.runCell('guess(');
    await pick('About 10, for ten digits').click();
    assert.equal(await status('guess('), said.noted);
    // Outputs of a former run do not reveal the answer.
    assert.equal(await output('reveal(').locator('details div').isVisible(), false);
    await pick('About 1').focus();
    await page.keyboard.press('Space');
    await notebook.runCell('reveal(');
    assert.match(`${await status('reveal(')}`, /^You guessed: About 1\. ✗ The result: 2\.50\./);
    await pick('About 2.3').click();
    assert.equal(await status('guess('), said.known);
    await notebook.runCell('guesses()');
    assert.equal(await output('guesses()').locator('li').count(), 1);
    assert.deepEqual(await notebook.errors(), []);
    const { events } = readLog(await readFile(join(lab.folder, 'digits-record.jsonl'), 'utf8'));
    const picks = [3, 1].map(o => ({ g: 'first-loss', o }));
    assert.deepEqual(events, [...picks, { r: 'first-loss', o: 2 }]);
  });

  it('are kept where the notebook is saved and opened again', async () => {
    await notebook.command('docmanager:save');
    notebook = await lab.open(page, file);
    assert.match(await notebook.trust(), /^Notebook trusted/);
    assert.match(`${await status('reveal(')}`, /^You guessed: About 1\. ✗ The result: 2\.50\./);
    assert.match(await readFile(join(lab.folder, file), 'utf8'), /data-digit-guess/);
  });
});
