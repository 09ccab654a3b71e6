import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../lib/tools/project/paths';
import { notebookFolder } from '../../lib/tools/publish/source';
import type { Lab, LabNotebook, Locale } from './lab';
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

describe('lesson in JupyterLab', function () {
  this.timeout(300_000);
  this.retries(1);
  let desk: Desk;
  let lab: Lab;
  let page: Page;

  const begin = async (locale: Locale) => {
    desk = await deskAt(locale, 1440, 900);
    ({ lab, page } = desk);
  };
  const end = () => desk?.leave();
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await mkdir(screenshots, { recursive: true });
    await page?.screenshot({ path: join(screenshots, `failed: ${this.currentTest.title}.png`) });
  });

  describe('in English', () => {
    let file: string;
    let notebook: LabNotebook;
    before(async () => {
      await begin('en');
      file = await provideLesson(lab, 'en');
      notebook = await lab.open(page, file);
    });
    after(end);

    it('runs from the first cell to the last and draws its figures', async () => {
      const finish = await notebook.startAll('Run', 'Run All Cells');
      await finish(200_000);
      assertDrawn(await notebook.figures(FIGURES));
      assert.deepEqual(await notebook.errors(), []);
      await photograph(notebook, 'lab-en');
    });

    it('shows the same after it was saved and loaded again', async () => {
      await notebook.save();
      notebook = await lab.open(page, file);
      assertDrawn(await notebook.figures(FIGURES));
      assert.match((await notebook.cell('evaluate(').textContent()) ?? '', /157\/157/);
      assert.match(await notebook.trust(), /^Notebook trusted/);
    });

    it('shows the same where the notebook is not trusted', async () => {
      const path = join(lab.folder, file);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('# A first neural network', '# The first neural network'));
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
      const { exported, requests } = await openExported(notebook, desk.browser, menu, lab.folder);
      assert.deepEqual(
        requests.filter(url => !/^(data|file):/.test(url)),
        [],
      );
      await exported.context().close();
    });

    it('stops training at an interrupt, keeps the weights, and goes on', async () => {
      const fit = notebook.cell('await fit(');
      const lines = await fit.locator('.cm-line').allTextContents();
      const code = lines.join('\n');
      // Enough that no machine has done it before the interrupt.
      await notebook.write(fit, code.replace('epochs: 5', 'epochs: 500'));
      const finish = await notebook.start(fit);
      await fit.getByText(/[1-9]\d*\/750 \[/).waitFor();
      await page.locator('.jp-NotebookPanel-toolbar [data-command$="interrupt-kernel"]').click();
      await fit.getByText('The model keeps the weights of that step').waitFor({ timeout: 10_000 });
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

  describe('in Chinese', () => {
    before(() => begin('zh_CN'));
    after(end);

    it('shows what the saved notebook holds', async () => {
      const file = 'lesson.zh.ipynb';
      await copyFile(join(notebookFolder, file), join(lab.folder, file));
      const notebook = await lab.open(page, file);
      await photograph(notebook, 'saved-zh');
      assertDrawn(await notebook.figures(FIGURES));
    });

    it('runs from the first cell to the last and draws its figures', async () => {
      const notebook = await lab.open(page, await provideLesson(lab, 'zh'));
      const finish = await notebook.startAll('运行', '运行所有单元格');
      await finish(200_000);
      assertDrawn(await notebook.figures(FIGURES));
      assert.deepEqual(await notebook.errors(), []);
    });
  });
});
