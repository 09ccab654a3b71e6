/** The lesson on the hosts, and in the languages, that "npm test" leaves out. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { isCode, joined, printed, readNotebook } from '../../lib/tools/publish/notebook';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { engines } from '../engines';
import { builtSite, SiteNotebook, TestServer } from '../tools/site/support';
import { asRun, lessonOn, onKernel } from './hosts';
import { Lab, type LabNotebook, provideLesson } from './lab';
import { failuresOf } from './notebook-page';

lessonOn(
  'without the native engine',
  'en',
  () => onKernel('en', { DIGITS_DEVICE: 'wasm' }),
  lesson => {
    it('2 says that WebAssembly runs', () => {
      const cell = lesson()
        .cells.filter(isCode)
        .find(cell => joined(cell.source).includes('useDevice('));
      assert.match(cell ? printed(cell) : '', /WebAssembly/);
    });
  },
);

for (const [name, app] of [
  ['JupyterLab', 'jupyterlab'],
  ['Jupyter Notebook 7', 'notebook'],
] as const) {
  describe(`Chinese ${name}`, () => {
    let lab: Lab;
    let notebook: LabNotebook;
    let page: Page;
    const stop = async () => {
      // A page left open would go on asking at this port, which another lab may have then.
      await closePages();
      await lab?.stop();
    };
    after(stop);

    const run = async () => {
      // Of a lesson that was run before, the kernel would go on counting.
      await stop();
      lab = await Lab.start('zh', app);
      const browser = await sharedBrowser();
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const file = await provideLesson(lab, 'zh');
      notebook = await lab.open(page, file);
      await page.getByRole('menuitem', { name: '运行', exact: true }).waitFor();
      await notebook.runAll();
      await notebook.command('docmanager:save');
      return readNotebook(join(lab.folder, file));
    };
    lessonOn(`run in ${name}`, 'zh', run, () => {
      it('draws its figures, and reads a digit off the pad', async () => {
        const folded = page.locator('.jp-MarkdownCell .jp-showHiddenCellsButton').first();
        // Notebook 7 loads its texts apart, where ours do not reach.
        const label = app === 'jupyterlab' ? /^\d+ 个单元格已折叠$/ : /^\d+ cells hidden$/;
        assert.match((await folded.textContent()) ?? '', label);
        await notebook.assertDrawn();
        assert.deepEqual(await notebook.errors(), []);
        const pad = new PadOnPage(notebook.cell('digitPad(').locator('[data-digit-pad]'));
        await pad.drawByMouse(SEVEN);
        // Which digit it reads, the chance of the lesson's training decides.
        assert.match((await pad.answer.textContent()) ?? '', /^网络认为这是 \d，概率 (> )?\d+%。$/);
      });
    });
  });
}

for (const { name, missing, open } of engines) {
  describe(`The site in ${name}`, function () {
    this.retries(1);
    let server: TestServer;
    let page: Awaited<ReturnType<typeof open>>;
    let site: SiteNotebook;

    before(async function () {
      if (missing) {
        console.log(`    skipped: it needs ${missing}`);
        this.skip();
      }
      server = await TestServer.start(await builtSite());
    });
    after(async () => {
      await page?.close();
      await server?.stop();
    });

    /** Opens a browser that has not been here before. */
    async function openAnew(): Promise<void> {
      await page?.close().catch(() => {}); // it may have crashed
      page = await open();
      site = new SiteNotebook(page, server.address);
      await site.open('zh');
    }

    const run = async () => {
      const visit = async () => {
        await openAnew();
        return asRun('lesson', 'zh', await site.runAll());
      };
      return visit().catch((error: Error) => {
        console.log(`    run once more: ${error.message}`);
        return visit();
      });
    };
    lessonOn(`in ${name}`, 'zh', run, () => {
      it('opens and runs at the second, third and fourth visit, without a network', async () => {
        // A first try may have stopped it.
        await server.stop();
        await server.start();
        await openAnew();
        await site.kept();
        await server.stop();
        for (const [language, app] of [
          ['en', 'lab'],
          ['en', 'notebooks'],
          ['zh', 'lab'],
        ] as const) {
          await site.open(language, { app });
          const cells = await site.runAbove('## 4 '); // which load the libraries and the data
          assert.deepEqual(failuresOf(cells), []);
          assert.match(JSON.stringify(cells), /60000, 28, 28/);
        }
      });
    });
  });
}
