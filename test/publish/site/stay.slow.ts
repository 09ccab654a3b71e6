/** A long visit: the site reports no error, even if background requests fail. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { zh } from '../../../lib/publish/site/page/messages/zh';
import { failuresOf } from '../../notebooks/notebook-page';
import { assertAccessible, SitePage, serveSite } from './support';

describe('a long stay on the site', function () {
  this.retries(1);
  const site = serveSite();

  const notices = ({ page }: SitePage) =>
    page.locator('.digits-notice, .Toastify__toast, .jp-Dialog').allTextContents();

  it('brings no notice in ten minutes, or where an extension or an output fails', async () => {
    const lesson = await site.open();
    const { page } = lesson;
    await page.clock.install();
    await lesson.open('en');
    await lesson.write(3, '// mine');
    for (let minute = 0; minute < 10; minute++) await page.clock.fastForward('01:00');
    equal((await lesson.file()).dirty, false); // JupyterLab saves every two minutes
    await page.evaluate(async () => {
      void Promise.reject(new TypeError('Failed to fetch'));
      const script = document.createElement('script');
      script.src = 'not-there.js';
      document.body.append(script);
      await new Promise(failed => script.addEventListener('error', failed));
    });
    await lesson.command('runmenu:run');
    await lesson.idle();
    deepEqual(failuresOf(await lesson.cells()), []);
    deepEqual(await notices(lesson), []);
  });

  it('says after 45 seconds that the lesson did not load, and hides that once it loads', async () => {
    const lesson = await site.open();
    const { page } = lesson;
    await page.clock.install();
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    await page.route(/jlab_core/, async route => {
      await released;
      await route.continue();
    });
    const opening = lesson.open('zh');
    await page.waitForFunction(() => document.body);
    await page.clock.fastForward('00:30');
    deepEqual(await notices(lesson), []);
    await page.clock.fastForward('00:15');
    const notice = page.locator('.digits-notice');
    await notice.waitFor();
    equal(await notice.textContent(), `${zh.cut('')}${zh.tryAgain}`);
    await assertAccessible(page, '.digits-notice');
    release();
    await opening;
    await notice.waitFor({ state: 'hidden' });
  });

  it('says how many megabytes have come, names a file that fails, and loads it when asked', async () => {
    const lesson = await site.open();
    const { page } = lesson;
    const amount = page.locator('#jupyterlite-loading-indicator .amount');
    let failures = 1;
    await page.route(/jlab_core/, async route => {
      if (failures-- <= 0) return route.continue();
      await amount.filter({ hasText: /^0\.\d \/ [1-9]\.\d MB$/ }).waitFor();
      await route.abort();
    });
    await page.goto(`${lesson.site}zh/lab/index.html?path=lesson.zh.ipynb`);
    const notice = page.locator('.digits-notice');
    match((await notice.textContent()) ?? '', /缺少 jlab_core\.\w+\.js/);
    await notice.getByRole('button').click();
    await lesson.shows('lesson.zh.ipynb');
    deepEqual(await notices(lesson), []);
  });

  it('says in both of two tabs that they show one notebook', async () => {
    const lesson = await site.open();
    await lesson.open('en');
    const exercises = await SitePage.in(lesson.page.context(), lesson.site);
    await exercises.open('en', { name: 'exercises' });
    const other = await SitePage.in(lesson.page.context(), lesson.site);
    await other.open('en');
    for (const { page } of [lesson, other]) {
      await page.locator('.Toastify__toast', { hasText: 'also open in another tab' }).waitFor();
    }
    deepEqual(await notices(exercises), []);
  });

  it('opens while the network hangs, says of a page that was not kept how to get it, and is up to date once the network answers', async () => {
    const lesson = await site.open();
    await lesson.open('en');
    await lesson.kept();
    const { page } = lesson;
    await site.server.stop();
    await page.goto(`${lesson.site}pages/lesson.zh.html`);
    await page.getByText('联网时打开一次').waitFor();
    await page.getByRole('link').click();
    await page.getByText('Open the lesson').first().waitFor();
    const sockets: Socket[] = [];
    const silent = createServer(socket => sockets.push(socket)).unref();
    await once(silent.listen({ port: site.server.port, host: '127.0.0.1' }), 'listening');
    await page.goto(`${lesson.site}en/lab/index.html?path=exercises.en.ipynb`);
    await page.locator('.lm-mod-current', { hasText: 'exercises.en.ipynb' }).waitFor();
    await lesson.ready();
    for (const socket of sockets) socket.destroy();
    await once(silent.close(), 'close');
    const restart = Date.now() - 1000; // as the header has no milliseconds
    await site.server.start();
    await page.waitForFunction(async restart => {
      const { headers } = await fetch('../../index.html');
      return Date.parse(headers.get('date') ?? '') >= restart;
    }, restart);
  });

  it('says where a part of its program does not come, and tries again at the next cell', async () => {
    const lesson = await site.open({ serviceWorkers: 'block' });
    const context = lesson.page.context();
    for (const part of ['**/worker.js*', '**/modules-*.js*']) {
      await context.route(part, route => route.abort());
    }
    await lesson.open('zh');
    const { error } = await lesson.run('1 + 1');
    equal(error?.ename, 'KernelError');
    match(error?.evalue ?? '', /^内核没有加载成功.*刷新页面。$/);
    await context.unroute('**/worker.js*');
    equal((await lesson.run('1 + 1')).text, '2\n');
    const without = (await lesson.run("import * as tf from '@tensorflow/tfjs';")).error;
    equal(without?.ename, 'ImportError');
    match(without?.evalue ?? '', /课程的程序没有加载成功.*刷新页面/);
  });

  it('warns whoever closes it while a cell runs, and says at the next visit which one was cut off', async () => {
    const toasts = ({ page }: SitePage) =>
      page.locator('.Toastify__toast', { hasText: '内核结束了' });
    const lesson = await site.open();
    const context = lesson.page.context();
    await lesson.open('zh');
    await lesson.begin('const first = 1;\nawait new Promise(() => {});');
    await lesson.command('docmanager:save');
    const other = await SitePage.in(context, lesson.site);
    await other.open('zh');
    await other.run('1');
    equal(await toasts(other).count(), 0);
    await other.page.close();

    await lesson.page.bringToFront();
    await lesson.page.locator('.jp-Notebook').click();
    const warned = lesson.page.waitForEvent('dialog');
    await lesson.page.close({ runBeforeUnload: true });
    equal((await warned).type(), 'beforeunload');
    await (await warned).accept();

    const again = await SitePage.in(context, lesson.site);
    await again.open('zh');
    await toasts(again).getByText('关闭笔记本时“const first = 1;”还在运行').waitFor();
    await again.page.reload();
    await again.ready();
    await again.run('1');
    equal(await toasts(again).count(), 0);
  });
});
