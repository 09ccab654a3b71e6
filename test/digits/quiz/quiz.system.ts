import assert from 'node:assert/strict';
import { setLanguage, tables } from '../../../lib/digits/language';
import { quiz } from '../../../lib/digits/quiz/quiz';
import { closePages, sharedBrowser } from '../../browser';
import { inNotebook } from '../notebook/support';

/** The letters of the right options. */
const KEY = 'CDABAABDCA';

describe('the quiz in a browser', function () {
  this.timeout(60_000);
  this.retries(1);
  after(closePages);

  it('tells of each option whether it is right, and why, when it is clicked, and fits a phone', async () => {
    const browser = await sharedBrowser();
    for (const language of ['zh', 'en'] as const) {
      setLanguage(language);
      // On a phone that lets no script run, as strict as an exported page.
      const context = await browser.newContext({
        javaScriptEnabled: false,
        offline: true,
        viewport: { width: 390, height: 900 },
      });
      const page = await context.newPage();
      const [output] = await inNotebook(quiz);
      const policy = "default-src 'none'; style-src 'unsafe-inline'";
      await page.setContent(
        `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">` +
          `<body style="margin: 0; font: 14px sans-serif">${output?.data['text/html']}`,
      );
      const options = tables[language].quiz.questions.flatMap(({ options }, i) =>
        options.map(({ why }, at) => ({ why, isRight: KEY.charCodeAt(i) === 65 + at })),
      );
      const places = page.locator('details');
      assert.equal(await places.count(), options.length);
      for (const [i, { why, isRight }] of options.entries()) {
        const answer = places.nth(i).locator('div');
        assert.equal(await answer.isVisible(), false);
        await places.nth(i).locator('summary').click();
        const text = (await answer.textContent()) ?? '';
        assert.ok(text.startsWith(isRight ? '✓' : '✗') && text.endsWith(why), text);
      }
      for (const target of await page.locator('summary, b').all()) {
        const box = await target.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= 390);
      }
      await context.close();
    }
  });
});
