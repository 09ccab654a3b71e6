import { deepEqual, equal, ok } from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { builtSite, failuresOf, SitePage, TestServer } from './support';

describe('the site in a browser that keeps nothing', function () {
  this.retries(1);
  let browser: Browser;
  let server: TestServer;
  before(async () => {
    browser = await sharedBrowser();
    server = await TestServer.start(await builtSite());
  });
  afterEach(closePages);
  after(() => server.stop());

  const open = async (locale: string, script: () => void) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
    await context.addInitScript(script);
    return SitePage.in(context, server.address);
  };
  const toast = (lesson: SitePage) => lesson.page.locator('.Toastify__toast');

  for (const [language, locale, says, button] of [
    ['zh', 'zh-CN', /不允许本页保存数据.*请下载笔记本。/, '下载笔记本'],
    [
      'en',
      'en-US',
      /saves nothing for this page.*Download the notebook to keep them\./,
      'Download the notebook',
    ],
  ] as const) {
    it(`says so where IndexedDB is refused, offers the notebook as a file, and runs (${language})`, async () => {
      const lesson = await open(locale, () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('refused', 'SecurityError');
        };
      });
      await lesson.open(language);
      await toast(lesson).filter({ hasText: says }).waitFor();
      await sound(lesson);
      await lesson.write(3, '// mine');
      const [download] = await Promise.all([
        lesson.page.waitForEvent('download'),
        lesson.page.getByRole('button', { name: button }).click(),
      ]);
      equal(download.suggestedFilename(), `lesson.${language}.ipynb`);
      await lesson.command('runmenu:run');
      await lesson.idle();
      deepEqual(failuresOf(await lesson.cells()), []);
    });
  }

  for (const [language, says] of [
    ['zh', /不允许本网站（127\.0\.0\.1:\d+）保存任何数据.*允许本网站使用 Cookie/],
    [
      'en',
      /does not let this site \(127\.0\.0\.1:\d+\) store anything.*Allow cookies and site data/,
    ],
  ] as const) {
    it(`says at once why the lesson does not open where all storage is refused (${language})`, async () => {
      const { page, site } = await open('en-US', () => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('refused', 'SecurityError');
            },
          });
        }
      });
      await page.goto(`${site}${language}/lab/index.html?path=lesson.${language}.ipynb`);
      const alert = page.getByRole('alert').filter({ hasText: says });
      await alert.waitFor({ timeout: 10_000 });
      // Nothing that fails after that says otherwise.
      await page.waitForTimeout(5_000);
      equal(await page.locator('.digits-notice').count(), 1);
      ok(await alert.isVisible());
    });
  }

  it('says so where a save fails, since the storage is full', async () => {
    const lesson = await open('en-US', () => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if ((value as { type?: string })?.type === 'notebook') {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        }
        return put.call(this, value, key);
      };
    });
    await lesson.open('en');
    equal(await toast(lesson).count(), 0);
    await lesson.write(3, '// mine');
    await lesson.command('docmanager:save').catch(() => {});
    await toast(lesson)
      .filter({ hasText: /could not be saved.*your changes\./ })
      .waitFor();
    equal(await lesson.source(3), '// mine');
    ok(await lesson.dirty());
  });

  it('asks the browser to keep a copy once there is one', async () => {
    const lesson = await open('en-US', () => {
      const asked = window as unknown as { asked: number };
      asked.asked = 0;
      StorageManager.prototype.persist = async () => {
        asked.asked++;
        return true;
      };
    });
    const asked = () => lesson.page.evaluate(() => (window as unknown as { asked: number }).asked);
    await lesson.open('en');
    equal(await asked(), 0);
    await lesson.write(3, '// mine');
    await lesson.command('docmanager:save');
    equal(await asked(), 1);
  });
});

async function sound({ page }: SitePage): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.Toastify__toast').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  deepEqual(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}
