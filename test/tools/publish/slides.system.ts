import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { itemAt } from '../../../lib/digits/item-at';
import { startBrowser } from '../../../lib/tools/publish/browser';
import type { Cell } from '../../../lib/tools/publish/notebook';
import { heightOf, ROOM } from '../../../lib/tools/publish/slide-height';
import { exportSlides, slideTypes } from '../../../lib/tools/publish/slides';
import { builtFixture } from './built-fixture';
import { inkOf, livelyNotebook } from './lively';
import { openOffline } from './offline';

const text = (source: string): Cell => ({ cell_type: 'markdown', id: 't', metadata: {}, source });
const code = (lines: number, printed = ''): Cell => ({
  cell_type: 'code',
  id: 'c',
  metadata: {},
  source: Array(lines).fill('let a;').join('\n'),
  execution_count: 1,
  outputs: printed ? [{ output_type: 'stream', name: 'stdout', text: printed }] : [],
});

describe('slideTypes', () => {
  it('begins a section at each heading, a slide at other text, and lets code stand below', () => {
    const cells = [text('# T'), text('## 1 A'), code(2), code(1, 'a\n'), text('Why'), code(1)];
    assert.deepEqual(slideTypes(cells), ['slide', 'slide', '-', '-', 'subslide', '-']);
  });

  it('begins with a section whatever the first cell is, and none at a smaller heading', () => {
    assert.deepEqual(slideTypes([code(1), text('### detail')]), ['slide', 'subslide']);
  });

  it('gives code a slide of its own where it would not fit', () => {
    assert.deepEqual(slideTypes([text('## 1 A'), code(30), code(2)]), [
      'slide',
      'subslide',
      'subslide',
    ]);
  });

  it('never puts more on a slide than it holds, one cell apart', () => {
    const cell = fc.oneof(
      fc.integer({ min: 1, max: 40 }).map(lines => code(lines, 'out\n'.repeat(lines % 7))),
      fc.string({ maxLength: 900 }).map(text),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), cells => {
        const types = slideTypes(cells);
        let slide: Cell[] = [];
        for (const [at, type] of types.entries()) {
          slide = [...(type === '-' ? slide : []), itemAt(cells, at)];
          const height = slide.reduce((sum, cell) => sum + heightOf(cell), 0);
          assert.ok(slide.length === 1 || height <= ROOM);
        }
      }),
    );
  });
});

describe('heightOf', () => {
  it('grows with the text, twice as fast in Chinese, and with outputs', () => {
    assert.ok(heightOf(text('a'.repeat(300))) > heightOf(text('a'.repeat(80))));
    assert.equal(heightOf(text('字'.repeat(200))), heightOf(text('a'.repeat(400))));
    assert.ok(heightOf(code(3, 'a\nb\n')) > heightOf(code(3)));
    assert.equal(heightOf(code(9, '')) - heightOf(code(8, '')), 27);
  });
});

describe('slides', function () {
  this.timeout(300_000);
  let browser: Browser;
  let folder: string;
  let built: string;
  let page: Page;
  let requests: string[];
  let errors: string[];
  const shown = () => page.locator('section.present > section.present');
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'digits-'));
    built = await builtFixture();
    browser = await startBrowser();
    const html = join(folder, 'lively.html');
    await exportSlides(await livelyNotebook(built, folder), html, 'en');
    // Not the size that they are laid out for: reveal.js scales them.
    const viewport = { width: 900, height: 700 };
    ({ page, requests, errors } = await openOffline(browser, html, { viewport }));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('are one section a stage', async () => {
    const sections = page.locator('.slides > section');
    assert.deepEqual(await sections.evaluateAll(all => all.map(section => section.id)), [
      'intro-text-1',
      'stage-1',
      'stage-2',
    ]);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.title(), 'A small example');
  });

  it('go by keyboard: right to the next stage, down within it', async () => {
    assert.match((await shown().textContent()) ?? '', /A small example/);
    await page.keyboard.press('ArrowRight');
    assert.match((await shown().textContent()) ?? '', /1 Calculate/);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    assert.match((await shown().textContent()) ?? '', /2 Draw/);
    await page.keyboard.press('ArrowLeft');
    assert.match((await shown().textContent()) ?? '', /1 Calculate/);
  });

  it('draw a figure once it is shown, as wide as the slide', async () => {
    await page.evaluate("location.hash = '#/stage-2'");
    await page.locator('.js-plotly-plot .bars path').first().waitFor();
    const figure = await page.locator('.js-plotly-plot .main-svg').first().boundingBox();
    assert.ok(figure && figure.width > 700, JSON.stringify(figure));
    assert.equal(await page.locator('div[role=img]').getAttribute('aria-label'), 'Squares');
  });

  it('bring a pad to life, and keep the keys pressed in it from turning slides', async () => {
    await page.evaluate("location.hash = '#/stage-1'");
    await page.keyboard.press('ArrowDown');
    assert.equal(await inkOf(page), 255);
    await page.keyboard.press('ArrowRight');
    assert.match((await shown().textContent()) ?? '', /digitPad/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await page.locator('section#stage-2.present').waitFor();
  });

  it('ask for nothing and report no error', () => {
    assert.deepEqual([requests, errors], [[], []]);
  });
});
