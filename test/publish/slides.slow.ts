import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { exportSlides } from '../../lib/publish/slides';
import { closePages, sharedBrowser } from '../browser';
import { temporaryFolder } from '../folder';
import { readData } from '../texts';
import { inkOf, livelyNotebook, openOffline, pressButton, tabToButton } from './support';

/** Presses S, and returns the window that opens. */
async function speakerView(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.keyboard.press('s');
  return opened;
}

describe('slides', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let requests: string[];
  let errors: string[];
  const slide = () => page.locator('section.present > section.present');
  before(async () => {
    folder = temporaryFolder();
    browser = await sharedBrowser();
    const html = join(folder, 'lively.html');
    await exportSlides(
      await livelyNotebook(folder),
      html,
      'en',
      readData<{ small: string }>('publish/slides.yml').small,
    );
    // Not the layout size: reveal.js scales slides.
    const viewport = { width: 900, height: 700 };
    ({ page, requests, errors } = await openOffline(browser, html, { viewport }));
  });
  after(closePages);

  it('go by keyboard: right to the next stage, down within it', async () => {
    assert.match((await slide().textContent()) ?? '', /A small example/);
    await page.keyboard.press('ArrowRight');
    assert.match((await slide().textContent()) ?? '', /1 Calculate/);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    assert.match((await slide().textContent()) ?? '', /2 Draw/);
    await page.keyboard.press('ArrowLeft');
    assert.match((await slide().textContent()) ?? '', /1 Calculate/);
  });

  it('bring a pad to life, and keep the keys pressed in it from turning slides', async () => {
    await page.evaluate("location.hash = '#/stage-1'");
    await page.keyboard.press('ArrowDown');
    assert.equal(await inkOf(page), 255);
    await page.keyboard.press('ArrowRight');
    assert.match((await slide().textContent()) ?? '', /digitPad/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await page.locator('section#stage-2.present').waitFor();
  });

  it('open the speaker’s view by S: the notes of the slide, the next one, a clock', async () => {
    await page.evaluate('Reveal.slide(1)');
    assert.match(await page.content(), />Loading the slides and their notes…</);
    const speaker = await speakerView(page);
    const notes = speaker.locator('.speaker-controls-notes .value');
    await notes.getByText('What is 1 + 1?').waitFor();
    assert.match((await notes.textContent()) ?? '', /7 minutes: count/);
    const next = speaker.frameLocator('#upcoming-slide iframe');
    await next.locator('section.present > section.present').getByText('digitPad').waitFor();
    await speaker.locator('.timer', { hasText: /00:00:(?!00)\d\d/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await notes.getByText('What is this?').waitFor();
    assert.equal(await page.getByText('What is this?').isVisible(), false);
    await speaker.close();
  });

  it('are not turned by a space on the button of a figure', async () => {
    await page.evaluate("location.hash = '#/stage-2'");
    const position = () => page.evaluate('JSON.stringify(Reveal.getIndices())');
    await tabToButton(page);
    const first = await position();
    assert.match(await pressButton(page, 'Space'), /^button: Draw four others/);
    assert.equal(await position(), first);
  });

  it('ask for nothing and report no error', () => {
    assert.deepEqual([requests, errors], [[], []]);
  });
});
