import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/command/machine/files';
import { failuresOf } from '../../notebooks/notebook-page';
import { assertAccessible, copyOfSite, SitePage, serveSite } from './support';

describe('the site in a browser that keeps nothing', function () {
  this.retries(1);
  const site = serveSite();

  const open = async (script: () => void, locale = 'en-US') => {
    const lesson = await site.open({ locale });
    await lesson.page.addInitScript(script);
    return lesson;
  };
  const toast = (lesson: SitePage) => lesson.page.locator('.Toastify__toast');

  it('says so where IndexedDB is refused, offers the notebook as a file, and runs', async () => {
    const lesson = await open(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    }, 'zh-CN');
    await lesson.open('zh');
    const says = /不允许本页保存数据.*请下载笔记本。/;
    await toast(lesson).filter({ hasText: says }).waitFor();
    await assertAccessible(lesson.page, '.Toastify__toast', true);
    await lesson.write(3, '// mine');
    const [download] = await Promise.all([
      lesson.page.waitForEvent('download'),
      lesson.page.getByRole('button', { name: '下载笔记本' }).click(),
    ]);
    equal(download.suggestedFilename(), 'lesson.zh.ipynb');
    await lesson.command('runmenu:run');
    await lesson.idle();
    deepEqual(failuresOf(await lesson.cells()), []);
  });

  it('says at once why the lesson does not open where all storage is refused', async () => {
    const { page, site } = await open(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      }
    });
    await page.goto(`${site}en/lab/index.html?path=lesson.en.ipynb`);
    const says =
      /does not let this site \(127\.0\.0\.1:\d+\) store anything.*Allow cookies and site data/;
    const alert = page.getByRole('alert').filter({ hasText: says });
    await alert.waitFor({ timeout: 10_000 });
    // Nothing that fails after that says otherwise.
    await page.waitForTimeout(5_000);
    equal(await page.locator('.digits-notice').count(), 1);
    ok(await alert.isVisible());
  });

  it('says so where a save fails, since the storage is full', async () => {
    const lesson = await open(() => {
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
    ok((await lesson.file()).dirty);
  });

  it('asks the browser to keep a copy once there is one', async () => {
    const lesson = await open(() => {
      const counter = window as unknown as { asked: number };
      counter.asked = 0;
      StorageManager.prototype.persist = async () => {
        counter.asked++;
        return true;
      };
    });
    const requests = () =>
      lesson.page.evaluate(() => (window as unknown as { asked: number }).asked);
    await lesson.open('en');
    equal(await requests(), 0);
    await lesson.write(3, '// mine');
    await lesson.command('docmanager:save');
    equal(await requests(), 1);
  });

  describe('asked to keep the whole', () => {
    const line = ({ page }: SitePage) => page.locator('.offline:visible');
    const ask = (lesson: SitePage) => line(lesson).getByRole('button').click();
    const offline = (lesson: SitePage) => lesson.page.goto(`${lesson.site}#offline`);
    const says = (lesson: SitePage, words: string | RegExp) =>
      line(lesson).getByText(words).waitFor({ timeout: 240_000 });

    it('says so where the storage is full, and keeps it once there is room', async () => {
      const lesson = await site.open({ locale: 'en-US' });
      await offline(lesson);
      const session = await lesson.page.context().newCDPSession(lesson.page);
      const limit = (quotaSize?: number) =>
        session.send('Storage.overrideQuotaForOrigin', { origin: lesson.site, quotaSize });
      await limit(8_000_000);
      await ask(lesson);
      await says(lesson, 'its storage is full, or this is a private window');
      match((await line(lesson).textContent()) ?? '', /\d+ of \d\d MB/);
      await limit();
      await ask(lesson);
      await says(lesson, 'Kept: everything here works without a network');
      equal(await line(lesson).getByRole('button').count(), 0);
      await assertAccessible(lesson.page);
    });

    it('says so where a file does not come, and goes on at the next visit', async () => {
      const copy = await copyOfSite();
      const file = filesBelow(copy).find(name => /t10k-images.*\.gz$/.test(name)) ?? '';
      renameSync(join(copy, file), join(copy, 'away'));
      await site.server.stop();
      await site.server.start(copy);
      const lesson = await site.open({ locale: 'zh-CN' });
      await offline(lesson);
      await ask(lesson);
      await says(lesson, '网络中断了');
      renameSync(join(copy, 'away'), join(copy, file));
      await lesson.page.reload();
      await says(lesson, '已保存');
    });

    it('has not been fetched unasked where the learner saves data', async () => {
      const lesson = await open(() => {
        Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
      });
      await lesson.open('en');
      await lesson.page.getByRole('menuitem', { name: 'File', exact: true }).click();
      const [window] = await Promise.all([
        lesson.page.context().waitForEvent('page'),
        lesson.page.getByRole('menuitem', { name: /^Keep the Whole Lesson/ }).click(),
      ]);
      const index = new SitePage(window, lesson.site);
      // The page's requests are cached, the data are not.
      await says(index, /^[1-9] of \d\d MB$/);
      await ask(index);
      await says(index, 'Kept: everything');
    });
  });
});
