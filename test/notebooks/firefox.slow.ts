/** The lesson on the site in Firefox, driven by WebDriver BiDi: Playwright has a Firefox of its own only. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import {
  type CodeCell,
  isCode,
  type Notebook,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { builtSite, failuresOf, TestServer } from '../tools/site/support';
import { asRun } from './as-run';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'];
const firefox = process.env.DIGITS_FIREFOX || PLACES.find(existsSync);

interface JupyterWindow {
  jupyterapp?: {
    commands: { execute(id: string): Promise<unknown> };
    shell: {
      currentWidget?: {
        sessionContext?: { session?: { kernel?: { status: string } } };
        content: {
          widgets: {
            model: {
              type: string;
              executionCount: number | null;
              outputs: { toJSON(): CodeCell['outputs'] };
            };
          }[];
        };
      };
    };
  };
}
declare const window: JupyterWindow;

describe('Notebooks on the site, in Firefox', function () {
  this.timeout(300_000);
  let server: TestServer;
  let browser: Browser;

  before(async function () {
    if (!firefox) {
      console.log('    skipped: there is no Firefox here; DIGITS_FIREFOX names one elsewhere');
      this.skip();
    }
    server = await TestServer.start(await builtSite());
    const { default: puppeteer } = await import('puppeteer-core');
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefox,
      defaultViewport: null,
      args: ['--width=1280', '--height=900'],
    });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open(name: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(
      `${server.address}${name.replace(/.*\./, '')}/lab/index.html?path=${name}.ipynb`,
    );
    await page.waitForFunction(
      () => {
        const panel = window.jupyterapp?.shell.currentWidget;
        return panel?.sessionContext?.session?.kernel?.status === 'idle';
      },
      { timeout: 60_000 },
    );
    return page;
  }

  /** The notebook with the outputs that it has on the page. */
  async function run(page: Page, name: string): Promise<Notebook> {
    const notebook = await readNotebook(join(notebookFolder, `${name}.ipynb`));
    const shown = await page.evaluate(async () => {
      await window.jupyterapp?.commands.execute('runmenu:run-all');
      const { widgets = [] } = window.jupyterapp?.shell.currentWidget?.content ?? {};
      return widgets
        .filter(({ model }) => model.type === 'code')
        .map(({ model }) => ({ count: model.executionCount, outputs: model.outputs.toJSON() }));
    });
    return asRun(notebook, shown);
  }

  for (const language of ['zh', 'en'] as const) {
    describe(`the lesson in "${language}"`, () => {
      let notebook: Notebook;
      before(async () => {
        const page = await open(`lesson.${language}`);
        notebook = await untilAccurate(() => run(page, `lesson.${language}`));
        await page.close();
      });

      shows(() => notebook, language);

      it('shows in each cell what the installed kernel shows', async () => {
        const installed = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
        assertSameOutputs(notebook, installed);
      });
    });
  }

  it('finds every solution right', async () => {
    const page = await open('solutions.en');
    const { cells } = await run(page, 'solutions.en');
    const code = cells.filter(isCode);
    assert.deepEqual(
      failuresOf(code.map(({ execution_count: count, outputs }) => ({ count, outputs }))),
      [],
    );
    assert.deepEqual(
      JSON.stringify(code.map(({ outputs }) => outputs)).match(/"✗ [^"]*/g) ?? [],
      [],
    );
    await page.close();
  });
});
