import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Language } from '../../lib/digits/language';
import { projectRoot } from '../../lib/tools/project/paths';
import { isCode, readNotebook } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, stageOf } from '../../lib/tools/publish/source';
import type { Lab, LabNotebook } from './lab';
import { assertDrawn, type Desk, deskAt, FIGURES, openExported, provideLesson } from './support';

const screenshots = join(projectRoot, 'build', 'screenshots');

/**
 * Takes pictures for people to look at, where `TEST_SCREENSHOTS` asks for them: the top of the page,
 * and each figure with what is around it.
 */
async function photograph({ page }: LabNotebook, name: string): Promise<void> {
  if (!process.env.TEST_SCREENSHOTS) return;
  await mkdir(screenshots, { recursive: true });
  const places = page.locator(
    '.jp-RenderedMarkdown h1, .jp-RenderedMarkdown h2, .jp-RenderedPlotly',
  );
  for (let i = 0; i < (await places.count()); i++) {
    await places.nth(i).evaluate(element => element.scrollIntoView({ block: 'center' }));
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(screenshots, `${name}-${String(i).padStart(2, '0')}.png`) });
  }
}

/** The menus and headings of each language. */
const words = {
  en: {
    locale: 'en',
    stage9: /^9 Evaluate/,
    runAbove: ['Run', 'Run All Above Selected Cell'],
    runAll: ['Run', 'Run All Cells'],
  },
  zh: {
    locale: 'zh_CN',
    stage9: /^9 评估模型/,
    runAbove: ['运行', '运行选中单元格上方的所有单元格'],
    runAll: ['运行', '运行所有单元格'],
  },
} as const;

/** Where a heading stands on the page, from the top of the notebook's own view. */
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

async function stagesIn(language: Language): Promise<string[]> {
  const { cells } = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
  return cells.flatMap(cell => stageOf(cell)?.title ?? []);
}

for (const language of languages) {
  const { locale, stage9, runAbove, runAll } = words[language];

  describe(`lesson in JupyterLab, ${language}`, function () {
    this.timeout(300_000);
    this.retries(1);
    const file = `lesson.${language}.ipynb`;
    let desk: Desk;
    let lab: Lab;
    let page: Page;
    let notebook: LabNotebook;
    before(async () => {
      desk = await deskAt(locale, 1440, 900);
      ({ lab, page } = desk);
    });
    after(() => desk?.leave());
    afterEach(async function () {
      if (this.currentTest?.state !== 'failed') return;
      await mkdir(screenshots, { recursive: true });
      await page?.screenshot({ path: join(screenshots, `failed: ${this.currentTest.title}.png`) });
    });

    describe('as it is saved, opened at a stage', () => {
      before(async () => {
        await copyFile(join(notebookFolder, file), join(lab.folder, file));
        notebook = await lab.open(page, file, '#cell-id=stage-9');
      });

      it('has that stage in view, and its heading is the selected cell', async () => {
        await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
        await staysWithin(page, stage9, 200);
      });

      it('has every stage one click away in the outline, which is open', async () => {
        const outline = page.locator('.jp-TableOfContents-tree:visible .jp-tocItem-content');
        const shown = await outline.allTextContents();
        assert.deepEqual(
          (await stagesIn(language)).filter(stage => !shown.some(item => item.trim() === stage)),
          [],
        );
        await outline.filter({ hasText: /^\s*3 / }).click();
        await page.waitForFunction(
          "document.querySelector('.jp-mod-active h2')?.textContent.startsWith('3 ')",
        );
        await staysWithin(page, /^3 /, 700);
      });

      if (language === 'en') return;
      it('shows what it holds', async () => {
        await photograph(notebook, `saved-${language}`);
        assertDrawn(await notebook.figures(FIGURES));
      });
    });

    describe('not yet run, opened at a stage', () => {
      before(async () => {
        await provideLesson(lab, language);
        notebook = await lab.open(page, file, '#cell-id=stage-9');
      });

      it('has what the stage needs after "Run All Above Selected Cell"', async () => {
        await page.locator('.jp-mod-active h2').filter({ hasText: stage9 }).waitFor();
        await notebook.menu(...runAbove);
        const fit = notebook.cell('await digits.fit(');
        await fit.getByText('Epoch 5/5').waitFor({ state: 'attached', timeout: 120_000 });
        const evaluate = notebook.cell('evaluate(');
        assert.equal(await evaluate.locator('.jp-InputPrompt').textContent(), '[ ]:');
        await (await notebook.start(evaluate))(20_000);
        assert.match((await evaluate.textContent()) ?? '', /157\/157/);
        assert.deepEqual(await notebook.errors(), []);
      });

      it('runs from the first cell to the last and draws its figures', async () => {
        await (await notebook.startAll(...runAll))(200_000);
        assertDrawn(await notebook.figures(FIGURES));
        assert.deepEqual(await notebook.errors(), []);
        await photograph(notebook, `lab-${language}`);
      });
    });

    if (language === 'en')
      describe('after it was run', () => {
        it('shows the same after it was saved and loaded again', async () => {
          await notebook.save();
          const withoutOutputs = async (folder: string) => {
            const { cells, ...rest } = await readNotebook(join(folder, file));
            const bare = cells.map(cell =>
              isCode(cell) ? { ...cell, outputs: [], execution_count: null } : cell,
            );
            return { ...rest, cells: bare };
          };
          assert.deepEqual(await withoutOutputs(lab.folder), await withoutOutputs(notebookFolder));
          notebook = await lab.open(page, file);
          assertDrawn(await notebook.figures(FIGURES));
          assert.match((await notebook.cell('evaluate(').textContent()) ?? '', /157\/157/);
          assert.match(await notebook.trust(), /^Notebook trusted/);
        });

        it('shows the same where the notebook is not trusted', async () => {
          const path = join(lab.folder, file);
          const text = await readFile(path, 'utf8');
          await writeFile(
            path,
            text.replace('# A first neural network', '# The first neural network'),
          );
          notebook = await lab.open(page, file);
          assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
          assertDrawn(await notebook.figures(FIGURES));
        });

        it('draws a figure anew where its cell is run again', async () => {
          const cell = notebook.cell('redrawDigits(testX');
          const finish = await notebook.start(cell);
          await finish(20_000);
          await cell.locator('.js-plotly-plot .main-svg').first().waitFor();
          assertDrawn(await notebook.figures(FIGURES));
        });

        it('exports a page that draws its figures with the network off', async () => {
          const menu = ['File', 'Save and Export Notebook As', 'HTML'];
          const { exported, requests } = await openExported(
            notebook,
            desk.browser,
            menu,
            lab.folder,
          );
          assert.deepEqual(
            requests.filter(url => !/^(data|file):/.test(url)),
            [],
          );
          await exported.context().close();
        });

        it('stops training at an interrupt, keeps the weights, and goes on', async () => {
          const fit = notebook.cell('await digits.fit(');
          const lines = await fit.locator('.cm-line').allTextContents();
          const code = lines.join('\n');
          // Enough that no machine has done it before the interrupt.
          await notebook.write(fit, code.replace('epochs: 5', 'epochs: 500'));
          const finish = await notebook.start(fit);
          await fit.getByText(/[1-9]\d*\/750 \[/).waitFor();
          await page
            .locator('.jp-NotebookPanel-toolbar [data-command$="interrupt-kernel"]')
            .click();
          await fit
            .getByText('The model keeps the weights of that step')
            .waitFor({ timeout: 10_000 });
          await finish(10_000);
          await notebook.write(fit, code);

          const evaluate = notebook.cell('evaluate(');
          await (await notebook.start(evaluate))(20_000);
          assert.match(
            (await evaluate.textContent()) ?? '',
            /157\/157 - .*sparse_categorical_accuracy: 0\.9/,
          );
          assert.deepEqual(await notebook.errors(), []);
        });

        it('begins anew after a restart', async () => {
          const imports = notebook.cell('import * as tf');
          await (await notebook.start(imports))(20_000);
          assert.notEqual(await imports.locator('.jp-InputPrompt').textContent(), '[1]:');
          await notebook.menu('Kernel', 'Restart Kernel…');
          await page.locator('.jp-Dialog .jp-mod-accept').click();
          await lab.connected();
          await notebook.idle();
          await (await notebook.start(imports))(20_000);
          assert.equal(await imports.locator('.jp-InputPrompt').textContent(), '[1]:');
          assert.deepEqual(await notebook.errors(), []);
        });
      });
  });
}
