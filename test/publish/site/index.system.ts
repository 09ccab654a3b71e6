import { deepEqual, equal, match } from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible, serveSite } from './support';

/** Draws a 1 on the pad in view. */
async function drawOne(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.draw canvas:visible').boundingBox()) as Box;
  await page.mouse.move(x + width / 2, y + 0.2 * height);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + 0.8 * height, { steps: 10 });
  await page.mouse.up();
}

type Box = NonNullable<Awaited<ReturnType<ReturnType<Page['locator']>['boundingBox']>>>;

describe('the index of the site', function () {
  this.timeout(600_000);
  this.retries(1);
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
      equal(await page.locator('html').evaluate(html => html.scrollWidth - html.clientWidth), 0);
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
    equal(
      await page.locator('h1:visible').textContent(),
      'Draw a digit: a neural network reads it',
    );
    equal(await page.title(), 'Digits: a first neural network');
    await page.getByRole('link', { name: '中文' }).click();
    await page.waitForURL(/lang=zh/);
    equal(await page.locator('h1:visible').textContent(), '写一个数字，神经网络来认');
    equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    await page.goto(`${site.server.address}en/`);
    await page.waitForURL(/index\.html\?lang=en/);
  });

  it('reads what is drawn, also without a network', async () => {
    const page = await open({ locale: 'en-US' });
    const pad = page.locator('[data-digit-pad]:visible');
    const answer = pad.locator('.answer');
    await drawOne(page);
    await answer.getByText('The network says 1').waitFor();
    await page.waitForFunction(async () => {
      const names = await caches.keys();
      const stored = names.map(name =>
        caches.match(new URL('index.html', location.href), { cacheName: name }),
      );
      return (await Promise.all(stored)).some(Boolean);
    });
    await site.server.stop();
    await page.reload();
    await answer.getByText('The network says 1').waitFor(); // the drawing is kept
    await pad.getByRole('button', { name: 'Clear' }).click();
    await answer.getByText('Draw a digit').waitFor();
  });

  it('says what is missing where there is no WebAssembly, and reads what is drawn', async () => {
    const { page } = await site.open({ locale: 'zh-CN' });
    await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
    await page.goto(site.server.address);
    await page.getByRole('status').getByText('不支持 WebAssembly').waitFor();
    await drawOne(page);
    await page.locator('.answer:visible').getByText('网络认为这是 1').waitFor();
    await page.goto(`${site.server.address}zh/lab/index.html?path=lesson.zh.ipynb`);
    await page.getByRole('alert').getByText('不支持 WebAssembly').waitFor();
  });

  it('shows both languages where scripts do not run, and says that the pad needs them', async () => {
    const page = await open({ javaScriptEnabled: false });
    equal(await page.locator('noscript:visible').count(), 2);
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
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const inner = activeElement?.shadowRoot?.activeElement ?? activeElement;
        return inner?.textContent || inner?.getAttribute('aria-label');
      });
    const tabTo = async (...names: (string | null)[]) => {
      for (const name of names) {
        await page.keyboard.press('Tab');
        equal(await focused(), name);
      }
    };
    await tabTo('中文', 'English', 'Draw a digit here');
    for (const key of ['Space', ...Array(8).fill('ArrowDown'), 'Space'])
      await page.keyboard.press(key);
    await page.locator('.answer:visible').getByText('The network says').waitFor();
    const small = 'Download size, offline use, small screens';
    await tabTo('Clear', 'Open the lesson and train your own', small);
    await page.keyboard.press('Enter');
    const keep = await page.locator('.offline:visible button:visible').textContent();
    match(keep ?? '', /^Keep the whole lesson for offline \(\d\d MB\)$/);
    await tabTo(keep, 'For small screens', 'Exercises');
  });
});
