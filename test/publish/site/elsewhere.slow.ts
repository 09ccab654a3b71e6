import { deepEqual, equal, match } from 'node:assert/strict';
import { startBrowser } from '../../../lib/publish/browser';
import { failuresOf } from '../../notebooks/notebook-page';
import { assertAccessible, SitePage, serveSite } from './support';

describe('the site where all is not well', function () {
  this.retries(1);
  const site = serveSite();

  it('runs at an address without https, and says what does not work there and how to serve it right', async () => {
    const other = await startBrowser(['--host-resolver-rules=MAP school.test 127.0.0.1']);
    try {
      const context = await other.newContext({ viewport: { width: 1280, height: 900 } });
      const lesson = await SitePage.in(context, `http://school.test:${site.server.port}/`);
      await lesson.open('en');
      const notice = lesson.page.locator('.digits-notice');
      const says = /is not https: the lesson runs, but .* work offline/;
      match((await notice.textContent()) ?? '', says);
      await assertAccessible(lesson.page, '.digits-notice');
      deepEqual(failuresOf(await lesson.runAll()), []);
      await notice.getByRole('button').click();
      equal(await notice.count(), 0);
    } finally {
      await other.close();
    }
  });

  it('offers to try again where it does not come; what comes late is in stay.slow.ts', async () => {
    const lesson = await site.open();
    const { page } = lesson;
    const notice = page.locator('.digits-notice');
    const core = /jlab_core/;
    await page.route(core, route => route.abort('connectionreset'));
    await page.goto(`${lesson.site}zh/lab/index.html?path=lesson.zh.ipynb`);
    await notice.filter({ hasText: '没有载入完整' }).waitFor();
    await assertAccessible(page, '.digits-notice');
    await page.unroute(core);
    await page.getByRole('button', { name: '再试一次' }).click();
    await lesson.ready();
    equal(await notice.count(), 0);
  });
});
