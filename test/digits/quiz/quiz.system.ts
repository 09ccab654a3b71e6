import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { asHtml, RIGHT_OPTIONS } from '../../../lib/digits/quiz/quiz';
import { exportHtml } from '../../../lib/tools/publish/html';
import { writeNotebook } from '../../../lib/tools/publish/notebook';
import { closePages, sharedBrowser } from '../../browser';
import { padNotebook } from '../pad/support';

describe('the quiz in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  before(async () => {
    browser = await sharedBrowser();
  });
  after(async () => {
    setLanguage('en');
    await closePages();
  });

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

  it('is used by the keyboard alone', async () => {
    const page = await open('en');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const told = page.locator('details[open]');
    assert.equal(await told.count(), 1);
    assert.match(String(await told.textContent()), /^B\. None✓ Right\./);
    await page.keyboard.press('Space');
    assert.equal(await told.count(), 0);
    await page.context().close();
  });

  it('tells in an exported page, whose policy lets only its own scripts run', async () => {
    setLanguage('en');
    const folder = await mkdtemp(join(tmpdir(), 'digits-'));
    try {
      const [notebook, file] = [join(folder, 'quiz.ipynb'), join(folder, 'quiz.html')];
      const html = asHtml();
      await writeNotebook(notebook, padNotebook({ 'text/html': html, 'text/plain': '' }));
      await exportHtml(notebook, file, 'en');
      const page = await browser.newPage();
      const troubles: unknown[] = [];
      page.on('pageerror', error => troubles.push(error));
      await page.goto(pathToFileURL(file).href);
      await page.getByText('A. The network is guessing among ten digits').click();
      const told = page.locator('details[open]');
      assert.match(String(await told.textContent()), /✓ Right\. It gives the right/);
      assert.deepEqual(troubles, []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
