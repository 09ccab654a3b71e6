import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { isCode, type Notebook, readNotebook } from '../../lib/publish/notebook';
import { notebookFolder, stageOf } from '../../lib/publish/source';
import { openOffline } from '../publish/support';
import { lessonOn, saved } from './hosts';
import { type Desk, deskAt, FIGURES, type Lab, type LabNotebook, provideLesson } from './lab';

/** Waits until a heading stays within a number of pixels from the top of the view. */
async function staysWithin(page: Page, heading: RegExp, most: number): Promise<void> {
  const place = page.locator('.jp-NotebookPanel h2').filter({ hasText: heading });
  const view = page.locator('.jp-NotebookPanel .jp-WindowedPanel-outer');
  const heightOf = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN;
  const deadline = Date.now() + 30_000;
  // Late figures above the heading might push the heading away.
  for (let looks = 0; looks < 10; looks++) {
    const top = (await heightOf(place)) - (await heightOf(view));
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
  const file = 'lesson.en.ipynb';
  let desk: Desk;
  let lab: Lab;
  let page: Page;
  let notebook: LabNotebook;
  before(async () => {
    desk = await deskAt(1440, 900);
    ({ lab, page } = desk);
  });
  after(() => desk?.leave());

  it('is opened as it is saved, at a stage, with every other one click away in the outline; its figures are shown though it is not trusted', async () => {
    await copyFile(join(notebookFolder, file), join(lab.folder, file));
    notebook = await lab.open(page, file, '#cell-id=stage-9');
    const stage9 = /^9 Evaluate/;
    await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
    await staysWithin(page, stage9, 200);

    const outline = page.locator('.jp-TableOfContents-tree:visible .jp-tocItem-content');
    const shown = (await outline.allTextContents()).map(item => item.trim());
    const { cells } = await saved('lesson', 'en');
    const stages = cells.flatMap(cell => stageOf(cell)?.title ?? []);
    assert.deepEqual(
      stages.filter(stage => !shown.includes(stage)),
      [],
    );
    await outline.filter({ hasText: /^\s*3 / }).click();
    await page.waitForFunction(
      "document.querySelector('.jp-mod-active h2')?.textContent.startsWith('3 ')",
    );
    await staysWithin(page, /^3 /, 700);
    assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
    await notebook.assertDrawn(FIGURES, 4);
  });

  const run = async () => {
    // Of a lesson that was run before, the kernel would go on counting.
    await lab.tidy();
    await provideLesson(lab, 'en');
    notebook = await lab.open(page, file);
    await notebook.runAll();
    await notebook.command('docmanager:save');
    return readNotebook(join(lab.folder, file));
  };
  lessonOn('run in JupyterLab', 'en', run, lesson => {
    it('draws its figures, and shows no error', async () => {
      await notebook.assertDrawn();
      assert.deepEqual(await notebook.errors(), []);
    });

    it('is saved with nothing changed but its outputs, and is trusted when it is opened again', async () => {
      const withoutOutputs = ({ cells, ...rest }: Notebook) => {
        const bare = cells.map(cell =>
          isCode(cell) ? { ...cell, outputs: [], execution_count: null } : cell,
        );
        return { ...rest, cells: bare };
      };
      assert.deepEqual(withoutOutputs(lesson()), withoutOutputs(await saved('lesson', 'en')));
      notebook = await lab.open(page, file);
      assert.match(await notebook.trust(), /^Notebook trusted/);
    });

    it('draws a figure anew where its cell is run again, lower in a narrow window', async () => {
      const drawn = (height: string) =>
        notebook.cell('digitWall(').locator(`.js-plotly-plot .main-svg${height}`).first().waitFor();
      await notebook.runCell('digitWall(');
      await page.setViewportSize({ width: 700, height: 900 });
      await drawn(':not([height="415"])');
      await page.setViewportSize({ width: 1440, height: 900 });
      await drawn('[height="415"]');
    });

    it('exports a page that draws its figures with the network off', async () => {
      const downloading = page.waitForEvent('download');
      for (const name of ['File', 'Save and Export Notebook As', 'HTML']) {
        const labels = page.locator('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel');
        await labels.filter({ hasText: RegExp(`^${name}$`) }).click();
      }
      await page.locator('.jp-Dialog .jp-mod-accept').click();
      const html = join(lab.folder, 'exported.html');
      await (await downloading).saveAs(html);
      const opened = await openOffline(desk.browser, html);
      const drawn = opened.page.locator('.js-plotly-plot:has(.main-svg)');
      await drawn.nth(FIGURES - 1).waitFor({ state: 'attached' });
      assert.equal(await opened.page.locator('.js-plotly-plot').count(), FIGURES);
      assert.deepEqual(opened.requests, []);
    });
  });
});
