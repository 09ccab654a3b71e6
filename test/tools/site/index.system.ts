import { deepEqual, equal, match } from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible, serveSite } from './support';

describe('the index of the site', function () {
  this.timeout(600_000);
  const site = serveSite();

  async function open(options: BrowserContextOptions): Promise<Page> {
    const { page } = await site.open(options);
    await page.goto(site.server.address);
    return page;
  }

  for (const [width, colorScheme, locale] of [
    [390, 'dark', 'zh-CN'],
    [800, 'light', 'zh-CN'],
    [1280, 'dark', 'en-US'],
  ] as const) {
    it(`is sound at ${width} pixels, ${colorScheme}, ${locale}`, async () => {
      const page = await open({ viewport: { width, height: 900 }, colorScheme, locale });
      await assertAccessible(page);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      equal(wider, 0);
      equal(await page.locator('h1:visible').count(), 1);
      const app = width < 700 ? 'notebooks' : 'lab';
      const language = locale.slice(0, 2);
      for (const name of ['lesson', 'exercises', 'solutions']) {
        const links = page.locator(`a:visible[href*="${name}.${language}.ipynb"]:not(.beside)`);
        deepEqual(await links.evaluateAll(all => all.map(link => link.getAttribute('href'))), [
          `${language}/${app}/index.html?path=${name}.${language}.ipynb`,
        ]);
      }
    });
  }

  it('speaks the reader’s language, and the other one when asked', async () => {
    const page = await open({ locale: 'de-DE' });
    equal(await page.locator('h1:visible').textContent(), 'Digits: a first neural network');
    equal(await page.title(), 'Digits: a first neural network');
    await page.getByRole('link', { name: '中文' }).click();
    await page.waitForURL(/lang=zh/);
    equal(await page.locator('h1:visible').textContent(), '手写数字识别：第一个神经网络');
    equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  });

  it('shows both languages where scripts do not run', async () => {
    const page = await open({ javaScriptEnabled: false });
    equal(await page.locator('h1:visible').count(), 2);
    equal(await page.locator('.open:visible').count(), 2);
  });

  it('leads to the lesson’s page, which has its figures and its style', async () => {
    const page = await open({ locale: 'zh-CN' });
    await page.getByRole('link', { name: '课程页面' }).click();
    await page.locator('.js-plotly-plot .main-svg').first().waitFor();
    const styles = page.locator('link[rel=stylesheet]');
    const loaded = await styles.evaluateAll((links: HTMLLinkElement[]) =>
      links.map(({ sheet }) => (sheet?.cssRules.length ?? 0) > 0),
    );
    deepEqual([...new Set(loaded)], [true]);
  });

  it('is reached by the keyboard: the languages, the lesson, then the rest', async () => {
    const page = await open({ locale: 'en-US' });
    const keep = await page.locator('.offline:visible button:visible').textContent();
    match(keep ?? '', /^Keep the whole lesson for offline \(\d\d MB\)$/);
    const names = ['中文', 'English', 'Open the lesson', 'For small screens', keep, 'Exercises'];
    for (const name of names) {
      await page.keyboard.press('Tab');
      equal(await page.evaluate(() => document.activeElement?.textContent), name);
    }
  });
});
