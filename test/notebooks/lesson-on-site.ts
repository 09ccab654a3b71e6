/** The lesson on the site, in Chromium. */
import assert from 'node:assert/strict';
import type { Language } from '../../lib/digits/language';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import type { SitePage } from '../tools/site/support';
import { asRun, lessonOn, onSite } from './hosts';

/** Runs the cell with these words again. */
async function runCell(site: SitePage, words: string): Promise<void> {
  const cell = site.page.locator('.jp-CodeCell', { hasText: words }).first();
  await cell.locator('.cm-content').click();
  await site.page.keyboard.press('Control+Enter');
  await site.idle();
}

export function lessonOnSite(language: Language): void {
  describe('on the site', function () {
    this.timeout(600_000);
    const open = onSite();
    let site: SitePage;

    const run = async () => {
      site ??= await open(language);
      return asRun('lesson', language, await site.runAll());
    };
    lessonOn('in Chromium', language, run, () => {
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
  });
}
