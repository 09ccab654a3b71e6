/** The lesson on the hosts, and in the languages, that "npm test" leaves out. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { isCode, logOf, type Notebook, readNotebook, textOf } from '../../lib/publish/notebook';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { openOffline } from '../publish/support';
import { lessonOn, onKernel, saved } from './hosts';
import { type Desk, deskAt, FIGURES, Lab, type LabNotebook, provideLesson } from './lab';

lessonOn(
  'without the native engine',
  'en',
  () => onKernel('en', { DIGITS_DEVICE: 'wasm' }),
  lesson => {
    it('2 says that WebAssembly runs', () => {
      const cell = lesson()
        .cells.filter(isCode)
        .find(cell => textOf(cell.source).includes('console.log(device)'));
      assert.match(cell ? logOf(cell) : '', /WebAssembly/);
    });
  },
);

describe('the lesson in English', () => {
  let desk: Desk;
  let lab: Lab;
  let page: Page;
  let notebook: LabNotebook;
  let file: string;
  before(async () => {
    desk = await deskAt(1440, 900);
    ({ lab, page } = desk);
  });
  after(() => desk?.leave());

  const run = async () => {
    // Of a lesson that was run before, the kernel would go on counting.
    await lab.tidy();
    file = await provideLesson(lab, 'en');
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
      const drawing = (height: string) =>
        notebook.cell('digitWall(').locator(`.js-plotly-plot .main-svg${height}`).first().waitFor();
      await notebook.runCell('digitWall(');
      await page.setViewportSize({ width: 700, height: 900 });
      await drawing(':not([height="415"])');
      await page.setViewportSize({ width: 1440, height: 900 });
      await drawing('[height="415"]');
    });

    const exportAs = async (format: string): Promise<string> => {
      const downloading = page.waitForEvent('download');
      for (const name of ['File', 'Save and Export Notebook As', format]) {
        const labels = page.locator('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel');
        await labels.filter({ hasText: RegExp(`^${name}$`) }).click();
      }
      // Of HTML alone, JupyterLab asks whether to sanitize it.
      if (format === 'HTML') await page.locator('.jp-Dialog .jp-mod-accept').click();
      const html = join(lab.folder, 'exported.html');
      await (await downloading).saveAs(html);
      return html;
    };

    it('exports slides', async () => {
      const opened = await openOffline(desk.browser, await exportAs('Reveal.js Slides'));
      await opened.page.locator('.slides > section').nth(10).waitFor({ state: 'attached' });
      assert.deepEqual(opened.requests, []);
    });

    it('exports a page that draws its figures with the network off', async () => {
      const html = await exportAs('HTML');
      const opened = await openOffline(desk.browser, html);
      const figures = opened.page.locator('.js-plotly-plot:has(.main-svg)');
      await figures.nth(FIGURES - 1).waitFor({ state: 'attached' });
      assert.equal(await opened.page.locator('.js-plotly-plot').count(), FIGURES);
      assert.deepEqual(opened.requests, []);
    });
  });
});

describe('the lesson in Chinese', function () {
  this.timeout(300_000);
  this.retries(1);
  let lab: Lab;
  let notebook: LabNotebook;
  let page: Page;
  const stop = async () => {
    // An open page would continue to send requests to this port, which another server may use later.
    await closePages();
    await lab?.stop();
  };
  after(stop);

  const open = async (app: 'jupyterlab' | 'notebook'): Promise<string> => {
    // Of a lesson that was run before, the kernel would go on counting.
    await stop();
    lab = await Lab.start('zh', app);
    const browser = await sharedBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const file = await provideLesson(lab, 'zh');
    notebook = await lab.open(page, file);
    await page.getByRole('menuitem', { name: '运行', exact: true }).waitFor();
    return join(lab.folder, file);
  };

  const saysWhatIsFolded = (words: RegExp) =>
    it('says how many cells are folded', async () => {
      const label = page.locator('.jp-MarkdownCell .jp-showHiddenCellsButton').first();
      assert.match((await label.textContent()) ?? '', words);
    });

  const fitsASmallScreen = () =>
    it('leaves the notebook its room on a small screen, and shows its code whole', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.reload();
      await notebook.ready();
      await page.waitForFunction(() => {
        const code = [...document.querySelectorAll('.jp-CodeCell .cm-scroller')];
        return (
          code.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth) &&
          code.some(({ clientWidth }) => clientWidth > 200)
        );
      });
    });

  describe('in JupyterLab', () => {
    before(() => open('jupyterlab'));
    saysWhatIsFolded(/^\d+ 个单元格已折叠$/);
    fitsASmallScreen();
  });

  const run = async () => {
    const file = await open('notebook');
    await notebook.runAll();
    await notebook.command('docmanager:save');
    return readNotebook(file);
  };
  lessonOn('run in Jupyter Notebook 7', 'zh', run, () => {
    // Notebook 7 loads translations separately, out of reach of our extension.
    saysWhatIsFolded(/^\d+ cells hidden$/);

    it('draws its figures, and reads a digit off the pad', async () => {
      await notebook.assertDrawn();
      assert.deepEqual(await notebook.errors(), []);
      const pad = new PadOnPage(notebook.cell('digitPad(').locator('[data-digit-pad]'));
      await pad.drawByMouse(SEVEN);
      // The answer depends on the random training.
      assert.match((await pad.answer.textContent()) ?? '', /^网络认为这是 \d，概率 (> )?\d+%。$/);
    });

    fitsASmallScreen();
  });
});
