/** The lesson in the browser, with nothing installed: the same notebook on the site's own kernel. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { type Notebook, readNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { builtSite, SitePage, TestServer } from '../tools/site/support';
import { asRun } from './as-run';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

const saved = (name: string, language: Language): Promise<Notebook> =>
  readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

/** Runs the cell with these words again. */
async function runCell(site: SitePage, words: string): Promise<void> {
  await site.page
    .locator('.jp-CodeCell', { hasText: words })
    .first()
    .locator('.cm-content')
    .click();
  await site.page.keyboard.press('Control+Enter');
  await site.idle();
}

describe('The lesson on the site', function () {
  this.timeout(300_000);
  this.retries(1);
  let server: TestServer;
  let site: SitePage;

  before(async () => {
    server = await TestServer.start(await builtSite());
  });
  after(async () => {
    await closePages();
    await server.stop();
  });

  async function open(language: Language, name: string): Promise<void> {
    const context = await (await sharedBrowser()).newContext();
    site = await SitePage.in(context, server.address);
    await site.open(language, { name });
  }

  for (const language of ['zh', 'en'] as const) {
    describe(`the lesson in "${language}"`, () => {
      let notebook: Notebook;
      before(async () => {
        await open(language, 'lesson');
        const source = await saved('lesson', language);
        notebook = await untilAccurate(async () => asRun(source, await site.runAll()));
      });
      after(closePages);

      shows(() => notebook, language);

      it('shows in each cell what the installed kernel shows', async () => {
        assertSameOutputs(notebook, await saved('lesson', language));
      });

      it('loads nothing from elsewhere', () => {
        assert.deepEqual(site.elsewhere, []);
      });

      it('reads a drawn seven off the pad', async () => {
        // A training that reads it otherwise goes on for five epochs.
        let answer = '';
        for (let tries = 0; tries < 3 && !/\b7\b/.test(answer.split(/[,，]/)[0] ?? ''); tries++) {
          if (tries > 0) {
            await runCell(site, 'await fit(model');
            await runCell(site, 'digitPad(model)');
          }
          const pad = new PadOnPage(site.page.locator('[data-digit-pad]').last());
          await pad.drawByMouse(SEVEN);
          answer = (await pad.answer.textContent()) ?? '';
        }
        assert.match(answer, { zh: /^网络认为这是 7，/, en: /^The network says 7: / }[language]);
      });
    });
  }
});
