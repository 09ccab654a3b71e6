/** The alternative texts of figures, and axe's results, on pages that show a notebook. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { classCounts } from '../../lib/digits/figures/class-counts';
import { setLanguage } from '../../lib/digits/language';
import { display } from '../../lib/digits/notebook/display';
import { digitPad } from '../../lib/digits/pad/digit-pad';
import { quiz } from '../../lib/digits/quiz/quiz';
import { exportHtml } from '../../lib/publish/html';
import { writeNotebook } from '../../lib/publish/notebook';
import { closePages, sharedBrowser } from '../browser';
import { inNotebook } from '../digits/notebook/support';
import { temporaryFolder } from '../folder';
import { codeCell, displayOutput, notebookWith, PNG, textCell } from '../notebook';
import { assertAccessible } from '../publish/site/support';
import { openOffline, redrawn } from '../publish/support';
import { compiledModel } from '../support';
import { deskAt } from './lab';

/** Counts shown twice, and a figure with a button, both last ones saved with a picture; a pad; the quiz. */
async function writtenNotebook() {
  setLanguage('zh');
  const counts = classCounts([0, 1, 1, 2], [1, 2]);
  const model = compiledModel();
  const outputs = await inNotebook(() => {
    for (const figure of [counts, counts, redrawn]) display(figure);
    digitPad(model);
    quiz();
  });
  model.dispose();
  for (const index of [1, 2]) Object.assign(outputs[index]?.data ?? {}, { 'image/png': PNG });
  const cells = outputs.map(({ data }) => codeCell('show();', [displayOutput(data)]));
  const notebook = notebookWith(textCell('# A notebook'), ...cells);
  const expected = [`img: ${counts.text}`, `img: ${counts.text}`, `group: ${redrawn.text}`];
  return { notebook, expected };
}

/** The names of a page's figures. */
const labelsOf = (page: Page): Promise<string[]> =>
  page
    .locator('div[role=img][aria-label], div[role=group][aria-label]')
    .evaluateAll(parts => parts.map(part => `${part.role}: ${part.ariaLabel}`));

describe('without eyes', function () {
  this.timeout(180_000);
  after(closePages);

  it('an exported page tells each figure in words, and axe finds nothing wrong', async () => {
    const { notebook, expected } = await writtenNotebook();
    const folder = temporaryFolder();
    const path = join(folder, 'access.ipynb');
    await writeNotebook(path, notebook);
    await exportHtml([path], folder, 'zh');
    const { page } = await openOffline(await sharedBrowser(), join(folder, 'access.html'));
    assert.deepEqual(await labelsOf(page), expected);
    await assertAccessible(page, undefined, true);
  });
});

describe('without eyes, in JupyterLab', function () {
  this.timeout(180_000);
  this.retries(1);

  it('each figure is told in words, drawn or as its picture, trusted or not, its buttons work by keyboard; axe finds nothing serious', async () => {
    const desk = await deskAt(1280, 2400);
    const { lab } = desk;
    const page = await (
      await desk.browser.newContext({ viewport: { width: 1280, height: 2400 } })
    ).newPage();
    try {
      const { notebook, expected } = await writtenNotebook();
      const file = 'access.ipynb';
      await writeNotebook(join(lab.folder, file), notebook);
      const opened = await lab.open(page, file);
      assert.match(await opened.trust(), /not trusted|untrusted/i);
      const button = page.locator('.js-plotly-plot .updatemenu-button').first();
      await page.locator('.js-plotly-plot').first().waitFor();
      assert.deepEqual(await labelsOf(page), expected);
      await page.locator('div[role=group].jp-RenderedPlotly').focus();
      await button.waitFor();
      const readLabel = () => button.getAttribute('aria-label');
      const labelBefore = await readLabel();
      assert.match(labelBefore ?? '', /^Draw four others, /);
      await button.focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(label => document.activeElement?.ariaLabel !== label, labelBefore);
      assert.match((await readLabel()) ?? '', /^Draw four others, /);

      const trusting = opened.command('notebook:trust');
      await page.locator('.jp-Dialog .jp-mod-accept').click();
      await trusting;
      await page.locator('[data-digit-pad] .draw canvas').waitFor();
      assert.deepEqual(await labelsOf(page), expected);
      await assertAccessible(page, '.jp-OutputArea', true);
    } finally {
      await desk.leave();
    }
  });
});
