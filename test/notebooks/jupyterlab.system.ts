/** Opening the saved lesson in JupyterLab; `lesson.slow.ts` runs the lesson there. */
import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { notebookFolder, stageOf } from '../../lib/publish/source';
import { saved } from './hosts';
import { type Desk, deskAt, FIGURES } from './lab';

/** Waits until a heading stays within a number of pixels from the top of the view. */
async function staysWithin(page: Page, heading: RegExp, most: number): Promise<void> {
  const title = page.locator('.jp-NotebookPanel h2').filter({ hasText: heading });
  const view = page.locator('.jp-NotebookPanel .jp-WindowedPanel-outer');
  const heightOf = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN;
  const deadline = Date.now() + 30_000;
  // Late figures above the heading might push the heading away.
  for (let looks = 0; looks < 10; looks++) {
    const top = (await heightOf(title)) - (await heightOf(view));
    if (!(top >= 0 && top < most)) {
      assert.ok(Date.now() < deadline, `${top} pixels from the top`);
      looks = 0;
    }
    await delay(200);
  }
}

describe('the lesson in JupyterLab', function () {
  this.timeout(300_000);
  this.retries(1);
  let desk: Desk;
  before(async () => {
    desk = await deskAt(1440, 900);
  });
  after(() => desk?.leave());

  it('is opened as it is saved, at a stage, with every other one click away in the outline; its figures are shown though it is not trusted', async () => {
    const { lab, page } = desk;
    const file = 'lesson.en.ipynb';
    await copyFile(join(notebookFolder, file), join(lab.folder, file));
    const notebook = await lab.open(page, file, '#cell-id=stage-9');
    const stage9 = /^9 Evaluate/;
    await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
    await staysWithin(page, stage9, 200);

    const outline = page.locator('.jp-TableOfContents-tree:visible .jp-tocItem-content');
    const items = (await outline.allTextContents()).map(item => item.trim());
    const { cells } = await saved('lesson', 'en');
    const stages = cells.flatMap(cell => stageOf(cell)?.title ?? []);
    assert.deepEqual(
      stages.filter(stage => !items.includes(stage)),
      [],
    );
    await outline.filter({ hasText: /^\s*3 / }).click();
    await page.waitForFunction(
      "document.querySelector('.jp-mod-active h2')?.textContent.startsWith('3 ')",
    );
    await staysWithin(page, /^3 /, 700);
    assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
    await notebook.assertDrawn(FIGURES, 4);

    // JupyterLab takes letters as keyboard shortcuts while no text has the cursor.
    await page.locator('.jp-mod-active .jp-RenderedMarkdown').dblclick();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('mine');
    const cell = page.locator('.jp-MarkdownCell.jp-mod-active .cm-content');
    assert.equal(await cell.textContent(), 'mine');
  });
});
