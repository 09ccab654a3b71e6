import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Language } from '../../lib/digits/language';
import { readNotebook, writeNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource, stageOf } from '../../lib/tools/publish/source';
import type { LabNotebook } from './lab';
import { type Desk, deskAt } from './support';

/** Where a stage's heading stands on the page, from the top of the notebook's own view. */
async function offset(page: Page, heading: RegExp): Promise<number> {
  const place = page.locator('.jp-NotebookPanel h2').filter({ hasText: heading });
  const view = await page.locator('.jp-NotebookPanel .jp-WindowedPanel-outer').boundingBox();
  return ((await place.boundingBox())?.y ?? Number.NaN) - (view?.y ?? Number.NaN);
}

/** Waits until a heading stands less than so many pixels from the top, and stays there. */
async function staysWithin(page: Page, heading: RegExp, most: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  // As figures above it that are drawn late might push it away.
  for (let looks = 0; looks < 15; looks++) {
    const top = await offset(page, heading);
    if (!(top >= 0 && top < most)) {
      assert.ok(Date.now() < deadline, `${top} pixels from the top`);
      looks = 0;
    }
    await delay(200);
  }
}

async function headings(language: Language): Promise<string[]> {
  const { cells } = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
  return cells.flatMap(cell => stageOf(cell)?.title ?? []);
}

const tests = [
  {
    language: 'en',
    locale: 'en',
    stage9: /^9 Evaluate/,
    runAbove: ['Run', 'Run All Above Selected Cell'],
  },
  {
    language: 'zh',
    locale: 'zh_CN',
    stage9: /^9 评估模型/,
    runAbove: ['运行', '运行选中单元格上方的所有单元格'],
  },
] as const;

for (const { language, locale, stage9, runAbove } of tests) {
  describe(`a stage in JupyterLab, ${language}`, function () {
    this.timeout(200_000);
    this.retries(1);
    const file = `lesson.${language}.ipynb`;
    let desk: Desk;
    let notebook: LabNotebook;
    before(async () => {
      desk = await deskAt(locale, 1280, 800);
      await copyFile(join(notebookFolder, file), join(desk.lab.folder, file));
      notebook = await desk.lab.open(desk.page, file, '#cell-id=stage-9');
    });
    after(() => desk?.leave());

    it('is in view where the address names it, and its heading is the selected cell', async () => {
      const { page } = desk;
      await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
      await staysWithin(page, stage9, 200);
    });

    it('is one click away in the outline, which is open', async () => {
      const { page } = desk;
      const outline = page.locator('.jp-TableOfContents-tree:visible .jp-tocItem-content');
      const shown = await outline.allTextContents();
      const stages = await headings(language);
      assert.deepEqual(
        stages.filter(stage => !shown.some(item => item.trim() === stage)),
        [],
      );
      await outline.filter({ hasText: /^\s*3 / }).click();
      await page.waitForFunction(
        "document.querySelector('.jp-mod-active h2')?.textContent.startsWith('3 ')",
      );
      await staysWithin(page, /^3 /, 700);
    });

    it('has what it needs after "Run All Above Selected Cell"', async () => {
      const { lab, page } = desk;
      const source = await readSource(join(notebookFolder, 'lesson.ts'));
      await writeNotebook(join(lab.folder, 'fresh.ipynb'), notebookOf(source, language));
      notebook = await lab.open(page, 'fresh.ipynb', '#cell-id=stage-9');
      await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
      await notebook.menu(...runAbove);
      const fit = notebook.cell('await fit(');
      await fit.getByText('Epoch 5/5').waitFor({ state: 'attached', timeout: 120_000 });
      const evaluate = notebook.cell('await evaluate(');
      assert.equal(await evaluate.locator('.jp-InputPrompt').textContent(), '[ ]:');
      await (await notebook.start(evaluate))(20_000);
      assert.match((await evaluate.textContent()) ?? '', /157\/157/);
      assert.deepEqual(await notebook.errors(), []);
    });
  });
}
