/** The lesson in the browser, with nothing installed: the same notebook on the site's own kernel. */
import assert from 'node:assert/strict';
import type { Notebook } from '../../lib/tools/publish/notebook';
import { closePages } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import type { SitePage } from '../tools/site/support';
import { asRun } from './as-run';
import { onSite, saved } from './on-site';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

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
  const open = onSite();
  let site: SitePage;

  for (const language of ['zh', 'en'] as const) {
    describe(`the lesson in "${language}"`, () => {
      let notebook: Notebook;
      before(async () => {
        site = await open(language, 'lesson');
        const source = await saved('lesson', language);
        notebook = await untilAccurate(async () => asRun(source, await site.runAll()));
      });
      after(closePages);

      shows(() => notebook, language);

      it('shows in each cell what the installed kernel shows', async () => {
        assertSameOutputs(notebook, await saved('lesson', language));
      });

      it('loads nothing from elsewhere, and logs no error', () => {
        assert.deepEqual(site.elsewhere, []);
        assert.deepEqual(site.errors, []);
      });

      it('reads a drawn seven off the pad', async () => {
        // A training that reads it otherwise goes on for five epochs.
        let answer = '';
        for (let tries = 0; tries < 3 && !/\b7\b/.test(answer.split(/[,，]/)[0] ?? ''); tries++) {
          if (tries > 0) {
            await runCell(site, 'await digits.fit(model');
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
