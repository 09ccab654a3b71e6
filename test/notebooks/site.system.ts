/** The notebooks in the browser, with nothing installed: the same files on the site's own kernel. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import {
  displays,
  isCode,
  joined,
  type MultilineText,
  type Notebook,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { builtSite, SitePage, TestServer } from '../tools/site/support';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

const saved = (name: string, language: Language): Promise<Notebook> =>
  readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

/** A notebook with the outputs that it has on the page. */
async function asRun(page: Pick<SitePage, 'runAll'>, notebook: Notebook): Promise<Notebook> {
  const shown = await page.runAll();
  let at = 0;
  const cells = notebook.cells.map(cell => {
    if (!isCode(cell)) return cell;
    const { count, outputs } = shown[at++] as (typeof shown)[number];
    return { ...cell, execution_count: count, outputs: outputs as typeof cell.outputs };
  });
  assert.equal(at, shown.length);
  return { ...notebook, cells };
}

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

describe('Notebooks on the site', function () {
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
        notebook = await untilAccurate(() => asRun(site, source));
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

    describe(`the exercises in "${language}"`, () => {
      const verdicts = (notebook: Notebook) =>
        notebook.cells.filter(isCode).flatMap(cell => {
          const [, id] = /check\('([\d.]+)'/.exec(joined(cell.source)) ?? [];
          const words = displays(cell).at(-1)?.['text/plain'] as MultilineText | undefined;
          return id ? [`${id} ${joined(words ?? '')[0]}`] : [];
        });
      after(closePages);

      it('wait for answers', async () => {
        await open(language, 'exercises');
        const run = await asRun(site, await saved('exercises', language));
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✗`),
        );
      });

      it('find every solution right', async () => {
        await open(language, 'solutions');
        const run = await asRun(site, await saved('solutions', language));
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✓`),
        );
        assertSameOutputs(run, await saved('solutions', language));
      });
    });
  }
});
