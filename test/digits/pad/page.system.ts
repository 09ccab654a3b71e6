import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Language, setLanguage } from '../../../lib/digits/language';
import { zh } from '../../../lib/digits/messages/zh';
import { closePages, sharedBrowser } from '../../browser';
import { codeCell, displayOutput } from '../../notebook';
import { exportedPage, openOffline } from '../../publish/support';
import { ONE, PadOnPage, padBundle, SEVEN } from './hand';

describe('the digit pad in an exported page', function () {
  this.timeout(120_000);
  this.retries(1);
  let browser: Browser;
  const files = { zh: '', en: '' };
  before(async () => {
    for (const language of ['zh', 'en'] as const) {
      setLanguage(language);
      const bundle = padBundle('trained');
      const cell = codeCell("digitPad('trained');", [displayOutput(bundle)]);
      files[language] = await exportedPage(language, cell, cell);
    }
    browser = await sharedBrowser();
  });
  after(closePages);

  /** Opens the page, with two pads, from the file system. */
  async function open(language: Language, options?: BrowserContextOptions) {
    const opened = await openOffline(browser, files[language], options);
    const hosts = opened.page.locator('[data-digit-pad]');
    assert.equal(await hosts.count(), 2);
    return {
      ...opened,
      pads: [new PadOnPage(hosts.first()), new PadOnPage(hosts.last())] as const,
    };
  }
  const answer = async (pad: PadOnPage) => (await pad.answer.textContent()) ?? '';

  describe('read by mouse and keyboard', () => {
    let opened: Awaited<ReturnType<typeof open>>;
    before(async () => {
      opened = await open('en');
    });

    it('reads a seven drawn by mouse, without a request, and shows it in every pad of the page', async () => {
      const { pads, requests, errors } = opened;
      const [first, second] = pads;
      await first.drawByMouse(SEVEN);
      assert.match(await answer(first), /says 7: (> )?\d+%/);
      const percents = await first.percents();
      assert.equal(percents.indexOf(Math.max(...percents)), 7);
      assert.ok(Math.abs(percents.reduce((a, b) => a + b) - 100) <= 5);
      assert.ok((await first.bright()) > 40);
      assert.match(await answer(second), /says 7/);
      assert.equal(await second.bright(), await first.bright());
      await second.clear.click();
      assert.match(await answer(first), /^Draw a digit/);
      await second.drawByMouse(ONE);
      assert.match(await answer(second), /says 1/);
      assert.match(await answer(first), /says 1/);
      assert.deepEqual([...requests, ...errors], []);
    });

    it('reads while the pen is still down, and tells a screen reader once it is up', async () => {
      const { page, pads } = opened;
      const [pad] = pads;
      await pad.clear.click();
      await pad.canvas.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await pad.canvas.boundingBox()) ?? assert.fail();
      await page.mouse.move(x + width / 2, y + 0.1 * height);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y + 0.9 * height, { steps: 5 });
      assert.match(await answer(pad), /says 1/);
      assert.equal(await pad.answer.getAttribute('aria-live'), 'polite');
      assert.equal(await pad.answer.getAttribute('aria-busy'), 'true');
      // Beyond the edge the line goes on, and the pen comes up all the same.
      await page.mouse.move(x - 20, y + 0.9 * height);
      await page.mouse.up();
      assert.equal(await pad.answer.getAttribute('aria-busy'), 'false');
      const countBefore = await pad.bright();
      await page.mouse.move(x + 0.2 * width, y + 0.2 * height);
      assert.equal(await pad.bright(), countBefore);
    });

    it('reads a seven drawn by the keyboard, and clears by it', async () => {
      const { page, pads } = opened;
      const [, pad] = pads;
      await pad.clear.click();
      assert.match(await answer(pad), /^Draw a digit/);
      await pad.canvas.focus();
      const scroll = await page.evaluate(() => scrollY);
      await pad.drawByKeys(['ArrowLeft', 7], ['ArrowUp', 7], ['Space', 1], ['ArrowRight', 13]);
      // Two arrows held at once draw in between.
      for (let i = 0; i < 4; i++) {
        await pad.drawByKeys(['ArrowDown', 2]);
        await page.keyboard.down('ArrowLeft');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.up('ArrowLeft');
      }
      await pad.drawByKeys(['ArrowDown', 4], ['Space', 1]);
      assert.match(await answer(pad), /says 7/);
      const count = await pad.bright();
      await pad.drawByKeys(['ArrowUp', 3]);
      assert.equal(await pad.bright(), count, 'a lifted pen leaves no ink');
      await pad.drawByKeys(['Delete', 1]);
      assert.match(await answer(pad), /^Draw a digit/);
      assert.equal(await page.evaluate(() => scrollY), scroll);
    });
  });

  it('reads a one drawn by a finger on a phone, and the page does not scroll under it', async () => {
    const phone = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const { page, pads, requests, errors } = await open('zh', { ...phone, deviceScaleFactor: 3 });
    const [pad] = pads;
    const session = await page.context().newCDPSession(page);
    await pad.canvas.scrollIntoViewIfNeeded();
    const scroll = await page.evaluate(() => scrollY);
    await pad.drawByTouch(ONE, session);
    assert.match(await answer(pad), /^网络认为这是 1，概率 (> )?\d+%。$/);
    assert.equal(await page.evaluate(() => scrollY), scroll);
    assert.deepEqual([...requests, ...errors], []);
    await pad.clear.click();
    assert.match(await answer(pad), /^写一个 0～9 的数字/);
    assert.equal(await pad.bright(), 0);
  });

  it('fits pages of 1280, 800 and 390 pixels', async () => {
    const { page, pads } = await open('en');
    const [pad] = pads;
    await pad.drawByMouse(SEVEN);
    for (const width of [1280, 800, 390]) {
      await page.setViewportSize({ width, height: 1000 });
      for (const part of await pad.host.locator('.all').locator('canvas, p, li, button').all()) {
        const box = (await part.boundingBox()) ?? assert.fail();
        assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
  });

  it('is a still picture and a line where scripts do not run', async () => {
    const { pads } = await open('zh', { javaScriptEnabled: false });
    const [{ host }] = pads;
    assert.equal((await host.textContent())?.replace(/\s+/g, ' ').trim(), `→ ${zh.pad.line}`);
    for (const picture of await host.locator('img').all()) {
      assert.ok(((await picture.boundingBox())?.width ?? 0) >= 140);
    }
    assert.equal(await host.locator('img').first().getAttribute('alt'), zh.pad.line);
  });
});
