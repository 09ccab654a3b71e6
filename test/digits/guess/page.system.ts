import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { guess, guesses, reveal } from '../../../lib/digits/guess/guess';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { closePages, sharedBrowser } from '../../browser';
import { codeCell, displayOutput } from '../../notebook';
import { exportedPage, openOffline } from '../../publish/support';
import { inNotebook } from '../notebook/support';

/** Returns the outputs of calls by MIME type, in a language. */
async function shownBy(language: Language, ...calls: (() => void)[]) {
  setLanguage(language);
  const all = await inNotebook(() => {
    for (const call of calls) call();
  });
  return all.map(({ data }) => data);
}

/** A lesson of three guesses. */
const lesson = [
  () => guess('first-loss'),
  () => reveal('first-loss', 2.31),
  () => guess('parameters'),
  () => reveal('parameters'),
  () => guess('later-epochs'),
  guesses,
];

const { page: said } = tables.en.guesses;

/** Simulates a unit without texts. */
const broken = `<div data-digit-unit="0"></div>
<script>
(() => {
digitPart.start("0", {"texts":{}});
})();
</script>`;

describe('guesses in a page', function () {
  this.timeout(120_000);
  this.retries(1);
  let browser: Browser;
  before(async () => {
    browser = await sharedBrowser();
  });
  after(closePages);

  const part = (page: Page, at: number) => page.locator('[data-digit-guess]').nth(at);
  const pick = (page: Page, at: number, option: string) =>
    part(page, at).getByRole('button', { name: option, exact: true }).click();
  const status = (page: Page, at: number) => part(page, at).getByRole('status').textContent();
  const textAt = (page: Page, at: number) => part(page, at).locator('p').textContent();
  const counted = (words: string, made: number) =>
    words.replace('{made}', `${made}`).replace('{all}', '12');

  describe('that was exported', () => {
    let file: string;
    before(async () => {
      const all = [{ 'text/html': broken }, ...(await shownBy('en', ...lesson))];
      const cells = all.map(data => codeCell('…', [displayOutput(data)]));
      file = await exportedPage('en', ...cells);
    });

    it('keeps each result, whatever else is in the page, covered until it was guessed, and lists those that missed', async () => {
      const { page, requests, errors } = await openOffline(browser, file);
      const answer = part(page, 1).locator('[role=status]');
      assert.equal(await answer.isVisible(), false);
      assert.equal(await textAt(page, 5), said.none);
      await pick(page, 0, 'About 1');
      assert.equal(await status(page, 0), said.below);
      assert.equal(await answer.isVisible(), true);
      const guessed = /^You guessed: About 1\. ✗ The result: 2\.31\. It gives/;
      assert.match(`${await status(page, 1)}`, guessed);
      // The result is visible now: another click has no effect.
      await pick(page, 0, 'About 2.3');
      assert.equal(await status(page, 0), said.known);
      assert.match(`${await status(page, 1)}`, guessed);
      await pick(page, 2, '100,480');
      assert.match(`${await status(page, 3)}`, /^You guessed: 100,480\. ✓ The answer: 100,480\. /);
      const missed = await part(page, 5).locator('li').allTextContents();
      assert.equal(missed.length, 1);
      assert.match(missed[0] ?? '', /^A new network .*guessed: About 1\. ✗ The result/);
      assert.equal(await textAt(page, 5), counted(said.missed, 2));
      assert.deepEqual([...requests, ...errors], []);
      const { violations } = await new AxeBuilder({ page }).include('[data-digit-guess]').analyze();
      assert.deepEqual(violations, []);
      await page.reload();
      assert.match(`${await status(page, 1)}`, guessed, 'kept in the tab');
    });

    it('tells the answer alone to whoever asks for it without a guess', async () => {
      const { page } = await openOffline(browser, file);
      await part(page, 3).getByText(said.cover).last().click();
      assert.match(`${await status(page, 3)}`, /^The answer: 100,480\. /);
      await pick(page, 2, '912');
      assert.equal(await status(page, 2), said.known);
      assert.equal(await textAt(page, 5), said.none);
    });
  });

  describe('while cells run', () => {
    let page: Page;
    beforeEach(async () => {
      page = await browser.newPage();
      await page.setContent('<main></main>');
    });

    /** Shows an output as a notebook does: inserts the HTML and runs the scripts. */
    async function run(language: Language, call: () => void): Promise<number> {
      const [data] = await shownBy(language, call);
      return page.evaluate(html => {
        const output = document.querySelector('main')?.appendChild(document.createElement('div'));
        output?.append(document.createRange().createContextualFragment(html));
        return document.querySelectorAll('[data-digit-guess]').length - 1;
      }, `${data?.['text/html']}`);
    }

    it('counts the last click before the result, whether or not the page bars storage', async () => {
      await page.evaluate('try { sessionStorage; } catch (error) { window.barred = true; }');
      assert.equal(await page.evaluate('window.barred'), true);
      const opened = await run('en', () => guess('first-loss'));
      await pick(page, opened, 'About 10, for ten digits');
      assert.equal(await status(page, opened), said.noted);
      await pick(page, opened, 'About 2.3');
      const pressed = part(page, opened).locator('[aria-pressed=true]');
      assert.deepEqual(await pressed.allTextContents(), ['About 2.3']);
      const result = await run('en', () => reveal('first-loss', 2.31));
      assert.match(
        `${await status(page, result)}`,
        /^You guessed: About 2\.3\. ✓ The result: 2\.31\./,
      );
      await pick(page, opened, 'About 1');
      assert.equal(await status(page, opened), said.known);
      const again = await run('en', () => guess('first-loss'));
      await pick(page, again, 'About 1');
      assert.equal(await status(page, again), said.known, 'asked again after the result');
      const all = await run('en', guesses);
      assert.equal(await textAt(page, all), counted(said.allRight, 1));
    });

    it('shows a result before its question, and keeps two lessons apart', async () => {
      const early = await run('en', () => reveal('parameters'));
      assert.match(`${await status(page, early)}`, /^The answer: 100,480\. /);
      const opened = await run('en', () => guess('parameters'));
      await pick(page, opened, '912');
      assert.equal(await status(page, opened), said.known);
      const other = await run('zh', () => guess('later-epochs'));
      await pick(page, other, '剩下的 5 个百分点全部补上');
      assert.equal(await status(page, other), tables.zh.guesses.page.noted);
      const result = await run('zh', () => reveal('later-epochs', 0.947, 0.971));
      assert.match(
        `${await status(page, result)}`,
        /^你猜的是：剩下的 5 个百分点全部补上。✗ 结果是：第一轮结束时 94.7%，最后 97.1%。最初的几步/,
      );
      const all = await run('en', guesses);
      assert.equal(await textAt(page, all), said.none);
      const first = await run('zh', guesses);
      assert.equal(await textAt(page, first), counted(tables.zh.guesses.page.missed, 1));
    });
  });
});
