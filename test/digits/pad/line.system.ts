import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { setLanguage, tables } from '../../../lib/digits/language';
import { drawn, drawnSet } from '../../../lib/digits/pad/drawn';
import { closePages, sharedBrowser } from '../../browser';
import { heard } from '../../support';
import { ONE, PadOnPage, padBundle, SEVEN, strokeOf } from './hand';

type Kind = Parameters<typeof padBundle>[0];

/** A page with pads, at an address that allows storage and the clipboard, or without an address. */
async function pageOf(address: string | undefined, ...kinds: Kind[]): Promise<Page> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const body = () => kinds.map(kind => padBundle(kind)['text/html']).join('');
  if (address === undefined) {
    await page.setContent(body());
    return page;
  }
  await page.route('**', route =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: body() }),
  );
  await page.goto(address);
  return page;
}

/** The pads of a page, at most two. */
async function padsOf(page: Page): Promise<[PadOnPage, PadOnPage]> {
  const hosts = page.locator('[data-digit-pad]');
  return [new PadOnPage(hosts.first(), page), new PadOnPage(hosts.last(), page)];
}

/** The content of a line after reading, and the message. */
async function readBack<T>(
  read: (line: string) => T | Promise<T>,
  pad: PadOnPage,
): Promise<[T, string]> {
  const line = await pad.line.inputValue();
  return heard(() => read(line));
}

const LOCAL = 'http://localhost/';

describe('the line below a pad', function () {
  this.timeout(60_000);
  this.retries(1);
  afterEach(() => setLanguage('en'));
  after(closePages);

  it('gives what the pad shows, bit for bit, and its label', async () => {
    const [pad] = await padsOf(await pageOf(LOCAL, 'trained'));
    await pad.drawByMouse(SEVEN);
    const [[x, y]] = await readBack(drawn, pad);
    assert.equal(y.data[0], 7);
    const levels = await pad.levels();
    assert.ok(levels.filter(grey => grey !== undefined).length > 780);
    const greys = levels.map((grey, i) => grey ?? x.data[i]);
    assert.deepEqual(greys, Array.from(x.data));
  });

  it('follows the surest network until the learner says what it is, in every pad', async () => {
    const [untrained, trained] = await padsOf(await pageOf(LOCAL, 'untrained', 'trained'));
    const { none } = tables.en.pad.page.line;
    assert.equal(await untrained.said.textContent(), none);
    assert.equal(await untrained.line.inputValue(), '');
    assert.ok(await trained.copy.isDisabled());
    await untrained.drawByMouse(SEVEN);
    assert.equal(await untrained.label.inputValue(), '7');
    const line = await untrained.line.inputValue();
    assert.equal(await trained.line.inputValue(), line);
    await trained.label.selectOption('2');
    assert.equal(await untrained.label.inputValue(), '2');
    const [[, y]] = await readBack(drawn, untrained);
    assert.equal(y.data[0], 2);
    await untrained.drawByMouse(strokeOf('100,150 200,150'));
    assert.equal(await trained.label.inputValue(), '2');
    await trained.clear.click();
    assert.equal(await untrained.line.inputValue(), '');
  });

  it('asks which digit it is where no network is sure', async () => {
    setLanguage('zh');
    const [pad] = await padsOf(await pageOf(LOCAL, 'untrained'));
    await pad.drawByMouse(SEVEN);
    assert.equal(await pad.label.inputValue(), '');
    assert.equal(await pad.said.textContent(), tables.zh.pad.page.line.unlabelled);
    await pad.label.selectOption('7');
    assert.match(await pad.line.inputValue(), /^'d1\.[\w-]{40,180}'$/);
  });

  it('is copied, by the keyboard alone, and where the clipboard is closed', async () => {
    const page = await pageOf(LOCAL, 'trained');
    const [pad] = await padsOf(page);
    await pad.drawByMouse(SEVEN);
    await pad.canvas.focus();
    for (let i = 0; i < 9 && !(await pad.copy.evaluate(element => element.matches(':focus'))); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const { copied, byHand } = tables.en.pad.page.line;
    await pad.said.filter({ hasText: copied }).waitFor();
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await clipboard(), await pad.line.inputValue());

    await pad.label.selectOption('1');
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
    });
    await pad.copy.click();
    await pad.said.filter({ hasText: copied }).waitFor();
    assert.equal(await clipboard(), await pad.line.inputValue());

    await page.evaluate(() => {
      document.execCommand = () => false;
    });
    await pad.copy.click();
    await pad.said.filter({ hasText: byHand }).waitFor();
  });

  it('stays over a reload, and in a pad that starts later; nothing is lost where nothing is stored', async () => {
    const page = await pageOf(LOCAL, 'trained');
    const [pad] = await padsOf(page);
    await pad.drawByMouse(SEVEN);
    await pad.label.selectOption('2');
    const line = await pad.line.inputValue();
    await page.reload();
    assert.equal(await pad.line.inputValue(), line);
    await page.evaluate(html => {
      document.body.append(document.createRange().createContextualFragment(html));
    }, padBundle('untrained')['text/html']);
    const [, later] = await padsOf(page);
    assert.equal(await later.line.inputValue(), line);

    const barred = await pageOf(undefined, 'trained', 'untrained');
    const errors: Error[] = [];
    barred.on('pageerror', error => errors.push(error));
    assert.equal(await barred.evaluate('isSecureContext'), false);
    const [first, second] = await padsOf(barred);
    await first.drawByMouse(SEVEN);
    const [[, y]] = await readBack(drawn, second);
    assert.equal(y.data[0], 7);
    assert.deepEqual(errors, []);
  });

  it('takes nothing over that another page has stored under its name', async () => {
    const page = await pageOf(LOCAL, 'trained', 'set');
    for (const text of ['no JSON', '{}', '{"drawing":{"strokes":[null]}}', '{"drawings":7}']) {
      await page.evaluate(text => {
        sessionStorage.setItem('digits.drawing', text);
        sessionStorage.setItem('digits.set', text);
      }, text);
      await page.reload();
      const [pad] = await padsOf(page);
      await pad.drawByMouse(ONE);
      assert.equal(await pad.label.inputValue(), '1');
      await pad.clear.click();
    }
  });
});

describe('the pad for a set', function () {
  this.timeout(60_000);
  this.retries(1);
  afterEach(() => setLanguage('en'));
  after(closePages);

  it('asks for each digit, lets one be written again, and gives one line of all, over a reload', async () => {
    const page = await pageOf(LOCAL, 'set', 'trained');
    const [pad, other] = await padsOf(page);
    const next = pad.host.locator('.next');
    const { task, all, missing } = tables.en.pad.page.set;
    for (let digit = 0; digit < 10; digit++) {
      assert.equal(await pad.answer.textContent(), task.replace('{digit}', String(digit)));
      assert.equal(await pad.said.textContent(), missing.replace('{count}', String(10 - digit)));
      await pad.drawByMouse(digit % 2 ? ONE : SEVEN);
      await next.click();
      assert.ok(await pad.canvas.evaluate(canvas => canvas.matches(':focus')), 'to draw by keys');
    }
    assert.equal(await pad.answer.textContent(), all);
    await pad.host.locator('#name').fill('小明 “😀”');
    await pad.host.locator('.cells button').nth(3).click();
    await pad.clear.click();
    assert.equal(await pad.line.inputValue(), '');
    await page.reload();
    await pad.drawByMouse(SEVEN);
    const [[x, y, writers], said] = await readBack(drawnSet, pad);
    assert.equal(said, '1 line: 10 digits by 1 writer.');
    assert.deepEqual([...y.data], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual([...new Set(writers)], ['小明 “😀”']);
    assert.deepEqual(x.slice(3, 1).data, x.slice(0, 1).data);
    assert.notDeepEqual(x.slice(1, 1).data, x.slice(0, 1).data);
    assert.equal(await other.line.inputValue(), '', 'a pad that reads has a drawing of its own');

    await pad.host.locator('.another').click();
    assert.equal(await pad.answer.textContent(), task.replace('{digit}', '0'));
    assert.equal(await pad.said.textContent(), missing.replace('{count}', '10'));
    assert.equal(await pad.host.locator('#name').inputValue(), '');
    assert.equal(await pad.host.locator('.another').isVisible(), false);
  });
});
