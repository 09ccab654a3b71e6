import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { useLanguage } from '../../lib/command/output/language.mjs';
import type { Language } from '../../lib/digits/language';
import { writePages, writeSlides } from '../../lib/publish/lesson';
import { displays, isCode, type Notebook, PLOTLY, readNotebook } from '../../lib/publish/notebook';
import { languages, notebookFolder, stageOf } from '../../lib/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { temporaryFolder } from '../folder';
import { assertAccessible } from './site/support';
import { faintTexts, openOffline } from './support';

const figures = ({ cells }: Notebook): number =>
  cells
    .filter(isCode)
    .flatMap(displays)
    .filter(data => PLOTLY in data).length;

const SLIDE = { width: 1280, height: 720 };

describe('npm run lesson -- --html and --slides', () => {
  let browser: Browser;
  let from: string;
  let to: string;
  let pages: string[];
  let slides: string[];
  const lesson = (language: Language) => readNotebook(join(from, `lesson.${language}.ipynb`));

  before(async () => {
    from = temporaryFolder();
    to = join(temporaryFolder(), 'build');
    for (const language of languages) {
      const file = `lesson.${language}.ipynb`;
      copyFileSync(join(notebookFolder, file), join(from, file));
    }
    browser = await sharedBrowser();
    pages = await writePages({ from, to });
    slides = await writeSlides({ from, to });
  });
  afterEach(closePages);

  it('keep every file under 12 MB', () => {
    for (const path of [...pages, ...slides]) {
      assert.ok(statSync(path).size < 12e6, `${path}: ${statSync(path).size} bytes`);
    }
  });

  it('say how to get the lesson back where it is missing', async () => {
    useLanguage('en');
    const empty = join(from, 'empty');
    mkdirSync(empty);
    const says = /lesson\.zh\.ipynb is missing\. "git restore notebooks"/;
    await assert.rejects(writePages({ from: empty, to }), says);
  });

  for (const language of languages) {
    // Each scheme comes while a page of the other is open.
    const schemes = language === 'zh' ? (['light', 'dark'] as const) : (['dark', 'light'] as const);

    it(`show the whole lesson on a page, ${schemes.join(' and then ')}, ${language}`, async () => {
      const options = { viewport: { width: 1280, height: 800 }, colorScheme: schemes[0] };
      const html = join(to, `lesson.${language}.html`);
      const { page, requests, errors } = await openOffline(browser, html, options);
      const count = figures(await lesson(language));
      const drawings = page.locator('.js-plotly-plot:has(.main-svg)');
      await drawings.nth(count - 1).waitFor({ state: 'attached' });
      await page.locator('details.optional').evaluateAll(folds => {
        for (const fold of folds as HTMLDetailsElement[]) fold.open = true;
      });
      assert.equal(await page.locator('.js-plotly-plot').count(), count);
      for (const figure of await page.locator('[aria-label].js-plotly-plot').all()) {
        assert.notEqual(await figure.getAttribute('aria-label'), '');
      }
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      assert.equal(await page.locator('h1').count(), 1);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await faintTexts(page), [], colorScheme);
      }
      assert.deepEqual([requests, errors], [[], []]);
    });

    it(`show the whole lesson on slides, ${language}`, async () => {
      const html = join(to, `slides.${language}.html`);
      const { page, requests, errors } = await openOffline(browser, html, { viewport: SLIDE });
      const slide = page.locator('section.present > section.present');
      const total = (await page.evaluate('Reveal.getTotalSlides()')) as number;
      const faults: string[] = [];
      const headings: string[] = [];
      for (let number = 1; number <= total; number++) {
        for (const figure of await slide.locator('div[role=img]').all()) {
          await figure.scrollIntoViewIfNeeded();
          await figure.locator('.main-svg').first().waitFor();
        }
        const state = await slide.evaluate(element => ({
          cut: [...element.querySelectorAll('pre, table, .js-plotly-plot, p, li')]
            .filter(
              part =>
                part.scrollWidth > part.clientWidth + 2 ||
                part.getBoundingClientRect().right > innerWidth,
            )
            .map(part => part.textContent?.slice(0, 60)),
          headings: [...element.querySelectorAll('h2')].map(
            ({ firstChild }) => firstChild?.textContent ?? '',
          ),
        }));
        faults.push(...state.cut.map(text => `slide ${number}, cut: ${text}`));
        headings.push(...state.headings);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          const faint = await faintTexts(page);
          faults.push(...faint.map(text => `slide ${number}, ${colorScheme}, faint: ${text}`));
        }
        await page.evaluate('Reveal.next()');
      }
      assert.deepEqual(faults, []);
      const { cells } = await lesson(language);
      const stages = cells.flatMap(cell => stageOf(cell)?.title ?? []);
      assert.deepEqual(
        headings.filter(title => stages.includes(title)),
        stages,
      );
      const count = await page.locator('.js-plotly-plot').count();
      assert.equal(count, figures(await lesson(language)));
      assert.deepEqual([requests, errors], [[], []]);
    });
  }

  it('open the slides at a stage, in which axe finds nothing serious, and scroll a long one to its end before the next', async () => {
    const html = join(to, 'slides.zh.html');
    const { page } = await openOffline(browser, html, { viewport: SLIDE }, '#/stage-10');
    const slide = page.locator('section.present > section.present');
    assert.match((await slide.textContent()) ?? '', /10 应用模型/);
    await assertAccessible(page, undefined, true);
    const textBefore = await slide.textContent();
    // Longer than any screen, so the page scrolls.
    await slide.evaluate(element => {
      (element.lastElementChild as HTMLElement).style.paddingBottom = '1500px';
    });
    let presses = 0;
    while ((await slide.textContent()) === textBefore && presses < 20) {
      const top = await slide.evaluate(({ scrollTop }) => scrollTop);
      await page.keyboard.press('Space');
      presses++;
      if ((await slide.textContent()) !== textBefore) break;
      assert.ok((await slide.evaluate(({ scrollTop }) => scrollTop)) > top);
    }
    assert.ok(presses > 2 && presses < 20, `${presses} presses`);
    assert.equal(
      await page.locator('.controls .navigate-right').getAttribute('aria-label'),
      '下一阶段',
    );
  });
});
