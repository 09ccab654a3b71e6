import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as tf from '@tensorflow/tfjs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Language, setLanguage } from '../../../lib/digits/language';
import { digitPad, padBundle } from '../../../lib/digits/pad/digit-pad';
import { projectRoot } from '../../../lib/tools/project/paths';
import { exportHtml } from '../../../lib/tools/publish/html';
import { writeNotebook } from '../../../lib/tools/publish/notebook';
import { closePages, sharedBrowser } from '../../browser';
import { printed } from '../../support';
import { ONE, PadOnPage, SEVEN } from './hand';
import { padNotebook, trainedModel } from './support';

const screenshots = join(projectRoot, 'build', 'screenshots');

describe('the digit pad in an exported page', function () {
  this.timeout(120_000);
  let model: tf.Sequential;
  let browser: Browser;
  let folder: string;
  before(async () => {
    model = await trainedModel();
    folder = await mkdtemp(join(tmpdir(), 'digits-'));
    for (const language of ['zh', 'en'] as const) {
      setLanguage(language);
      const notebook = join(folder, `${language}.ipynb`);
      await writeNotebook(notebook, padNotebook(padBundle(model), padBundle(model)));
      await exportHtml(notebook, join(folder, `${language}.html`), language);
    }
    browser = await sharedBrowser();
  });
  after(async () => {
    setLanguage('en');
    await closePages();
    await rm(folder, { recursive: true });
  });

  /** Opens the page, with two pads, from the file system; `troubles` are requests and errors. */
  async function open(
    language: Language,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; pads: readonly [PadOnPage, PadOnPage]; troubles: string[] }> {
    const context = await browser.newContext({ offline: true, ...options });
    const page = await context.newPage();
    const address = pathToFileURL(join(folder, `${language}.html`)).href;
    const troubles: string[] = [];
    page.on('request', request => {
      const url = request.url();
      if (url !== address && !url.startsWith('data:')) troubles.push(url);
    });
    page.on('pageerror', error => troubles.push(String(error)));
    await page.goto(address, { waitUntil: 'networkidle' });
    const hosts = page.locator('[data-digit-pad]');
    assert.equal(await hosts.count(), 2);
    const pads = [new PadOnPage(hosts.first()), new PadOnPage(hosts.last())] as const;
    return { page, pads, troubles };
  }

  it('reads a seven drawn by mouse, without a request, and leaves the other pad alone', async () => {
    const { page, pads, troubles } = await open('en');
    const [first, second] = pads;
    await first.drawByMouse(SEVEN);
    assert.match((await first.answer.textContent()) ?? '', /says 7: (> )?\d+%/);
    const percents = await first.percents();
    assert.equal(percents.indexOf(Math.max(...percents)), 7);
    assert.ok(Math.abs(percents.reduce((a, b) => a + b) - 100) <= 5);
    assert.ok((await first.bright()) > 40);
    assert.match((await second.answer.textContent()) ?? '', /^Draw a digit/);
    assert.equal(await second.bright(), 0);

    await second.drawByMouse(ONE);
    assert.match((await second.answer.textContent()) ?? '', /says 1/);
    assert.match((await first.answer.textContent()) ?? '', /says 7/);
    assert.deepEqual(troubles, []);
    await page.context().close();
  });

  it('reads while the pen is still down, and tells a screen reader once it is up', async () => {
    const { page, pads } = await open('en');
    const [pad] = pads;
    const { x, y, width, height } = (await pad.canvas.boundingBox()) ?? assert.fail();
    await page.mouse.move(x + width / 2, y + 0.1 * height);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 0.9 * height, { steps: 5 });
    assert.match((await pad.answer.textContent()) ?? '', /says 1/);
    assert.equal(await pad.answer.getAttribute('aria-live'), 'polite');
    assert.equal(await pad.answer.getAttribute('aria-busy'), 'true');
    // Beyond the edge the line goes on, and the pen comes up all the same.
    await page.mouse.move(x - 20, y + 0.9 * height);
    await page.mouse.up();
    assert.equal(await pad.answer.getAttribute('aria-busy'), 'false');
    const before = await pad.bright();
    await page.mouse.move(x + 0.2 * width, y + 0.2 * height);
    assert.equal(await pad.bright(), before);
    await page.context().close();
  });

  it('clears', async () => {
    const { page, pads } = await open('zh');
    const [pad] = pads;
    await pad.drawByMouse(SEVEN);
    assert.match((await pad.answer.textContent()) ?? '', /^网络认为这是 7，概率 (> )?\d+%。$/);
    await pad.clear.click();
    assert.match((await pad.answer.textContent()) ?? '', /^写一个 0～9 的数字/);
    assert.equal(await pad.bright(), 0);
    await pad.drawByMouse(ONE);
    assert.match((await pad.answer.textContent()) ?? '', /^网络认为这是 1，/);
    await page.context().close();
  });

  it('reads a one drawn by a finger on a phone, and the page does not scroll under it', async () => {
    const phone = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const { page, pads, troubles } = await open('zh', { ...phone, deviceScaleFactor: 3 });
    const [pad] = pads;
    const session = await page.context().newCDPSession(page);
    await pad.canvas.scrollIntoViewIfNeeded();
    const scroll = await page.evaluate(() => scrollY);
    await pad.drawByTouch(ONE, session);
    assert.match((await pad.answer.textContent()) ?? '', /^网络认为这是 1，/);
    assert.equal(await page.evaluate(() => scrollY), scroll);
    assert.deepEqual(troubles, []);
    await page.context().close();
  });

  it('reads a seven drawn by the keyboard, and clears by it', async () => {
    const { page, pads } = await open('en');
    const [pad] = pads;
    await pad.canvas.focus();
    await pad.drawByKeys(['ArrowLeft', 7], ['ArrowUp', 7], ['Space', 1], ['ArrowRight', 13]);
    // Two arrows held at once draw in between.
    for (let i = 0; i < 4; i++) {
      await pad.drawByKeys(['ArrowDown', 2]);
      await page.keyboard.down('ArrowLeft');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.up('ArrowLeft');
    }
    await pad.drawByKeys(['ArrowDown', 4], ['Space', 1]);
    assert.match((await pad.answer.textContent()) ?? '', /says 7/);
    const drawn = await pad.bright();
    await pad.drawByKeys(['ArrowUp', 3]);
    assert.equal(await pad.bright(), drawn, 'a lifted pen leaves no ink');
    await pad.drawByKeys(['Delete', 1]);
    assert.match((await pad.answer.textContent()) ?? '', /^Draw a digit/);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.context().close();
  });

  for (const width of [1280, 800, 400]) {
    it(`fits a page of ${width} pixels`, async () => {
      for (const language of ['zh', 'en'] as const) {
        const { page, pads } = await open(language, { viewport: { width, height: 1000 } });
        const [pad] = pads;
        await pad.drawByMouse(SEVEN);
        const parts = pad.host.locator('.all').locator('canvas, p, li, button');
        for (const part of await parts.all()) {
          const box = (await part.boundingBox()) ?? assert.fail();
          assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        }
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await mkdir(screenshots, { recursive: true });
        await page.screenshot({ path: join(screenshots, `pad-${language}-${width}.png`) });
        await page.context().close();
      }
    });
  }

  it('is a still picture and a line where scripts do not run', async () => {
    const { page, pads } = await open('zh', { javaScriptEnabled: false });
    const [pad] = pads;
    assert.equal((await pad.host.textContent())?.replace(/\s+/g, ' ').trim(), `→ ${LINE.zh}`);
    for (const picture of await pad.host.locator('img').all()) {
      assert.ok(((await picture.boundingBox())?.width ?? 0) >= 140);
    }
    assert.equal(await pad.host.locator('img').first().getAttribute('alt'), LINE.zh);
    await page.context().close();
  });

  it('draws on a page over plain HTTP too, where the browser tells fewer places of the pen', async () => {
    setLanguage('en');
    const page = await browser.newPage();
    await page.setContent(padBundle(model)['text/html']);
    assert.equal(await page.evaluate('isSecureContext'), false);
    const pad = new PadOnPage(page.locator('[data-digit-pad]'));
    await pad.drawByMouse(SEVEN);
    assert.match((await pad.answer.textContent()) ?? '', /says 7/);
    await page.close();
  });

  it('takes less than 300 KB of the notebook', () => {
    const { length } = padBundle(model)['text/html'];
    assert.ok(length < 300_000, `${length} bytes`);
  });

  it('prints its line where there is no notebook', async () => {
    for (const language of ['zh', 'en'] as const) {
      setLanguage(language);
      assert.equal(await printed(() => digitPad(model)), LINE[language]);
    }
  });
});

const LINE = {
  zh: '手写板：运行这个单元格，就可以在这里写数字，让网络来认。',
  en: 'The digit pad: run this cell to draw digits here, and the network reads them.',
};
