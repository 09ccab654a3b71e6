import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { setLanguage, tables } from '../../../lib/digits/language';
import { writeNotebook } from '../../../lib/publish/notebook';
import { codeCell, displayOutput, notebookWith } from '../../notebook';
import { type Desk, deskAt, type Lab, type LabNotebook } from '../../notebooks/lab';
import { compiledModel } from '../../support';
import { ONE, PadOnPage, padBundle, SEVEN } from './hand';

/** Creates an untrained network, whose answer is any digit. */
const PREPARE = `import * as tf from '@tensorflow/tfjs';
import { digitPad, useDevice } from 'digits';
await useDevice('cpu');
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));`;

describe('the digit pad in JupyterLab', function () {
  this.timeout(180_000);
  this.retries(1);
  const file = 'pad.ipynb';
  let desk: Desk;
  let lab: Lab;
  let page: Page;
  let notebook: LabNotebook;
  before(async () => {
    setLanguage('zh');
    const bundle = padBundle(compiledModel());
    setLanguage('en');
    desk = await deskAt(1280, 900);
    ({ lab, page } = desk);
    const cells = [
      codeCell(PREPARE),
      codeCell('digitPad(model);', [displayOutput(bundle)]),
      codeCell('console.log(1 + 1);'),
    ];
    await writeNotebook(join(lab.folder, file), notebookWith(...cells));
    notebook = await lab.open(page, file);
  });
  after(() => desk?.leave());

  const cell = () => notebook.cell('digitPad(model)');
  const output = () => cell().locator('.jp-RenderedHTMLCommon').last();
  /** The pad after the start of its script. */
  async function pad(): Promise<PadOnPage> {
    const pad = new PadOnPage(output().locator('[data-digit-pad]'));
    await pad.canvas.waitFor();
    return pad;
  }
  const answer = async (found: PadOnPage) => (await found.answer.textContent()) ?? '';
  const isActive = (text: string) =>
    page
      .locator('.jp-CodeCell.jp-mod-active .jp-InputArea', { hasText: text })
      .waitFor({ timeout: 5000 });

  it('is a still picture and a line where the notebook is not trusted', async () => {
    assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
    const pictures = output().locator('img');
    assert.equal(await pictures.count(), 2);
    assert.match((await output().textContent()) ?? '', /→\s*手写板：运行这个单元格/);
    assert.equal(await output().locator('script, canvas, button').count(), 0);
  });

  it('reads what is drawn by mouse', async () => {
    for (const words of ['await useDevice(', 'digitPad(model)']) await notebook.runCell(words);
    const living = await pad();
    await living.drawByMouse(SEVEN);
    assert.match(await answer(living), /^The network says \d: (> )?\d+%\.$/);
    assert.deepEqual(await notebook.errors(), []);
  });

  it('leaves Shift+Enter to JupyterLab after one drew', async () => {
    await page.keyboard.press('Shift+Enter');
    await isActive('1 + 1');
    await notebook.idle();
    // The cell has created a new pad with the content of the page's last pad.
    assert.match(await answer(await pad()), /says \d/);
  });

  it('takes the arrow keys and Space while it has the focus', async () => {
    const living = await pad();
    await living.drawByMouse([[10, 10]]);
    await living.clear.click();
    await page.keyboard.press('Shift+Tab');
    const { length } = await notebook.cells();
    await living.drawByKeys(['ArrowUp', 9], ['Space', 1], ['ArrowDown', 19], ['Space', 1]);
    assert.match(await answer(living), /says \d/);
    await isActive('digitPad(model)');
    // Digits, letters and Enter would be commands: heading, delete the cell, edit the cell.
    await living.label.focus();
    await living.drawByKeys(['4', 1]);
    assert.equal(await living.label.inputValue(), '4');
    await living.host.locator('.take summary').click();
    await living.line.focus();
    await living.drawByKeys(['d', 2], ['a', 1], ['ArrowDown', 1]);
    await living.copy.focus();
    await living.drawByKeys(['Enter', 1]);
    await living.said.filter({ hasText: /Cop|copy/ }).waitFor();
    await isActive('digitPad(model)');
    await living.canvas.focus();
    await living.drawByKeys(['Delete', 1]);
    assert.match(await answer(living), /^Draw a digit/);
    assert.equal((await notebook.cells()).length, length);
  });

  it('keeps what was drawn while it is scrolled out of view', async () => {
    const living = await pad();
    await living.drawByMouse(ONE);
    const text = await answer(living);
    assert.match(text, /says \d/);
    const windowed = page.locator('.jp-WindowedPanel-outer').first();
    await windowed.evaluate(element => element.scrollTo(0, 0));
    await page.waitForTimeout(500);
    assert.equal(await answer(await pad()), text);
    await living.clear.click();
    await living.drawByMouse(SEVEN);
    assert.match(await answer(living), /says \d/);
  });
});

/** The record would be off in the JupyterLab of other tests. */
const PADS = `process.env.DIGITS_RECORD = '';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));`;
const DRAWN = 'const [myImage, myLabel] = await digits.drawn();';

describe('the digit on the pad, for drawn() in JupyterLab', function () {
  this.timeout(180_000);
  this.retries(1);
  const file = 'drawn.ipynb';
  const { line: said } = tables.en.pad.page;
  const { yours, restored, specimen } = tables.en.drawn;
  let desk: Desk;
  let notebook: LabNotebook;
  before(async () => {
    setLanguage('en');
    desk = await deskAt(1280, 900);
    const codes = [
      ...[PADS, "digits.digitPad('trained');", "digits.digitPad('untrained');"],
      ...[DRAWN, 'digits.digitPad(model);', 'await digits.clearRecord();'],
    ];
    const cells = codes.map(code => codeCell(code));
    await writeNotebook(join(desk.lab.folder, file), notebookWith(...cells));
    notebook = await desk.lab.open(desk.page, file);
  });
  after(() => desk?.leave());

  async function padOf(code: string, on = notebook): Promise<PadOnPage> {
    const pad = new PadOnPage(on.cell(code).locator('[data-digit-pad]'));
    await pad.canvas.waitFor();
    return pad;
  }
  async function drawnOn(on = notebook): Promise<string> {
    await on.runCell(DRAWN);
    await on.idle();
    const output = on.cell(DRAWN).locator('.jp-OutputArea-output');
    return `${await output.textContent()}`.trim();
  }
  const trained = () => padOf("digitPad('trained')");

  it('is passed on as it is drawn, with its label, and while the pen of the keyboard is down', async () => {
    await notebook.runAll();
    assert.equal(await drawnOn(), specimen(4));
    const pad = await trained();
    assert.equal(await pad.said.textContent(), said.none);
    await pad.drawByMouse(SEVEN);
    assert.equal(await pad.said.textContent(), said.sent.replace('{digit}', '7'));
    assert.equal(await pad.copy.isVisible(), false);
    assert.equal(await drawnOn(), yours(7));
    await pad.label.selectOption('2');
    assert.equal(await drawnOn(), yours(2));
    await pad.clear.click();
    assert.equal(await drawnOn(), specimen(4));
    await pad.canvas.focus();
    await pad.drawByKeys(['ArrowUp', 9], ['Space', 1], ['ArrowDown', 19]);
    await notebook.cell(DRAWN).locator('.cm-content').click();
    assert.equal(await drawnOn(), yours(1));
  });

  it('is not replaced by what is drawn on the pad of a model', async () => {
    const pad = await padOf('digitPad(model)');
    await pad.clear.click();
    await pad.drawByMouse(SEVEN);
    assert.equal(await pad.said.textContent(), '');
    assert.equal(await drawnOn(), yours(1));
  });

  it('is found again after Restart and Run All, also a newer one of another tab', async () => {
    const pad = await trained();
    await pad.clear.click();
    await pad.drawByMouse(SEVEN);
    await notebook.command('notebook:run-cell'); // ends behind the note
    const restart = (on: LabNotebook) =>
      on.page.evaluate(() =>
        window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.restart(),
      );
    await restart(notebook);
    await notebook.runAbove('digits.digitPad(model)');
    assert.match(`${await notebook.cell(DRAWN).textContent()}`, /Your digit, a 7/);

    const other = 'drawn-too.ipynb';
    const cells = [PADS, "digits.digitPad('trained');", DRAWN].map(code => codeCell(code));
    await writeNotebook(join(desk.lab.folder, other), notebookWith(...cells));
    const tab = await desk.lab.open(await desk.browser.newPage(), other);
    await tab.runAll();
    assert.match(`${await tab.cell(DRAWN).textContent()}`, /Your digit, a 7, from the last time/);
    await (await padOf("digitPad('trained')", tab)).drawByMouse(ONE);
    assert.equal(await drawnOn(tab), yours(1));
    assert.equal(await drawnOn(), restored(1));
    // The pads of the first tab still show the seven, and send the seven once more.
    await notebook.runCell("digitPad('trained')");
    assert.equal(await (await trained()).answer.getAttribute('aria-busy'), 'false');
    assert.equal(await drawnOn(), restored(1));
  });

  it('is asked for by copying where nothing passes it on', async () => {
    const pad = await trained();
    await desk.page.evaluate(() => {
      document.body.addEventListener('digits-note', event => event.stopPropagation());
    });
    await pad.clear.click();
    await pad.drawByMouse(SEVEN);
    assert.equal(await pad.said.textContent(), said.byCopy);
    assert.ok(await pad.copy.isVisible());
  });
});
