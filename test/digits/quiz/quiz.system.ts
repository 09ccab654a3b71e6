import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { asHtml, RIGHT_OPTIONS } from '../../../lib/digits/quiz/quiz';
import { closePages, sharedBrowser } from '../../browser';

describe('the quiz in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  before(async () => {
    browser = await sharedBrowser();
  });
  after(closePages);

  /** A page on a phone that lets no script run, as strict as an exported one. */
  async function open(language: Language): Promise<Page> {
    setLanguage(language);
    const context = await browser.newContext({
      javaScriptEnabled: false,
      offline: true,
      viewport: { width: 390, height: 900 },
    });
    const page = await context.newPage();
    const policy = "default-src 'none'; style-src 'unsafe-inline'";
    await page.setContent(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">` +
        `<body style="margin: 0; font: 14px sans-serif">${asHtml()}`,
    );
    return page;
  }

  it('tells of each option whether it is right, and why, when it is clicked, and fits a phone', async () => {
    for (const language of ['zh', 'en'] as const) {
      const page = await open(language);
      const options = tables[language].quiz.questions.flatMap(({ options }, i) =>
        options.map(({ why }, at) => ({ why, isRight: at === RIGHT_OPTIONS[i] })),
      );
      const places = page.locator('details');
      assert.equal(await places.count(), options.length);
      for (const [i, { why, isRight }] of options.entries()) {
        const answer = places.nth(i).locator('div');
        assert.equal(await answer.isVisible(), false);
        await places.nth(i).locator('summary').click();
        const told = (await answer.textContent()) ?? '';
        assert.ok(told.startsWith(isRight ? '✓' : '✗') && told.endsWith(why), told);
      }
      for (const place of await page.locator('summary, b').all()) {
        const box = await place.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= 390);
      }
      await page.context().close();
    }
  });
});
