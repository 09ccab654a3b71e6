import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { filesBelow } from '../../../lib/tools/project/files';
import { startBrowser } from '../../../lib/tools/publish/browser';
import { closePages, sharedBrowser } from '../../browser';
import { builtSite, copyOfSite, failuresOf, SitePage, TestServer } from './support';

describe('the site where all is not well', function () {
  this.retries(1);
  let browser: Browser;
  before(async () => {
    browser = await sharedBrowser();
  });
  afterEach(closePages);

  const contextOf = (browser: Browser, locale = 'en-US') =>
    browser.newContext({ viewport: { width: 1280, height: 900 }, locale });

  it('runs at an address without https, and says what does not work there and how to serve it right', async () => {
    const server = await TestServer.start(await builtSite());
    const other = await startBrowser(['--host-resolver-rules=MAP school.test 127.0.0.1']);
    try {
      for (const [language, says] of [
        ['en', /is not https: the lesson runs, but .* work offline/],
        ['zh', /不是 https/],
      ] as const) {
        const context = await contextOf(other);
        const lesson = await SitePage.in(context, `http://school.test:${server.port}/`);
        await lesson.open(language);
        const notice = lesson.page.locator('.digits-notice');
        match((await notice.textContent()) ?? '', says);
        await soundNotice(lesson.page);
        deepEqual(failuresOf(await lesson.runAll()), []);
        await notice.getByRole('button').click();
        equal(await notice.count(), 0);
        await context.close();
      }
    } finally {
      await other.close();
      await server.stop();
    }
  });

  for (const [language, says, button] of [
    ['en', /did not load completely/, 'Try again'],
    ['zh', /没有载入完整/, '再试一次'],
  ] as const) {
    it(`offers to try again where the network is cut while it loads (${language})`, async () => {
      const server = await TestServer.start(await builtSite());
      try {
        const lesson = await SitePage.in(await contextOf(browser), server.address);
        const cut = /jlab_core/;
        await lesson.page.route(cut, route => route.abort('connectionreset'));
        await lesson.page.goto(
          `${server.address}${language}/lab/index.html?path=lesson.${language}.ipynb`,
        );
        const notice = lesson.page.locator('.digits-notice');
        await notice.waitFor();
        match((await notice.textContent()) ?? '', says);
        await soundNotice(lesson.page);
        await lesson.page.unroute(cut);
        await lesson.page.getByRole('button', { name: button }).click();
        await lesson.ready();
        equal(await notice.count(), 0);
      } finally {
        await server.stop();
      }
    });
  }

  it('takes the alarm back where the lesson comes after all', async () => {
    const server = await TestServer.start(await builtSite());
    try {
      const lesson = await SitePage.in(await contextOf(browser), server.address);
      const { page } = lesson;
      let arrive = () => {};
      const arrives = new Promise<void>(settle => {
        arrive = settle;
      });
      await page.route(/jlab_core/, async route => {
        await arrives;
        await route.continue();
      });
      await page.clock.install();
      const opening = lesson.open('en');
      await page.locator('#jupyterlite-loading-indicator').waitFor();
      const notice = page.locator('.digits-notice');
      equal(await notice.count(), 0);
      await page.clock.fastForward('01:00');
      await notice.filter({ hasText: 'did not load completely' }).waitFor();
      arrive();
      await opening;
      await notice.waitFor({ state: 'detached' });
    } finally {
      await server.stop();
    }
  });

  for (const [what, content] of [
    ['damaged', 'not what was promised'],
    ['missing', undefined],
  ] as const) {
    it(`shows the loader’s own error where a file of the data is ${what}`, async () => {
      const site = await copyOfSite(`data-${what}`);
      const file = filesBelow(site).find(name => /t10k-labels.*\.gz$/.test(name)) ?? '';
      if (content === undefined) (await import('node:fs')).rmSync(join(site, file));
      else writeFileSync(join(site, file), content);
      const server = await TestServer.start(site);
      try {
        const lesson = await SitePage.in(await contextOf(browser), server.address);
        await lesson.open('en');
        const [first = ''] = failuresOf(await lesson.runAll());
        match(first, /t10k-labels/);
      } finally {
        await server.stop();
      }
    });
  }
});

async function soundNotice(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.digits-notice').analyze();
  deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}
