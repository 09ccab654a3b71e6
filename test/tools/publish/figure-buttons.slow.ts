import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { redrawDigits } from '../../../lib/digits/figures/redraw-digits';
import { itemAt } from '../../../lib/digits/item-at';
import { exportHtml } from '../../../lib/tools/publish/html';
import { PLOTLY, writeNotebook } from '../../../lib/tools/publish/notebook';
import { exportSlides } from '../../../lib/tools/publish/slides';
import { closePages, sharedBrowser } from '../../browser';
import { temporaryFolder } from '../../folder';
import { codeCell, notebookWith, shown, textCell } from '../../notebook';
import { openOffline } from './support';

const digits = Array.from({ length: 12 }, (_, i) => i % 10);
const images = { shape: [12, 2, 2], data: new Uint8Array(48) };
const { data, layout, config, text } = redrawDigits(images, digits, digits, { draws: 3 });
const draws = text.split('\n').slice(1);

describe('a button of a figure, by keyboard', () => {
  let browser: Browser;
  let folder: string;
  let notebook: string;
  before(async () => {
    browser = await sharedBrowser();
    folder = temporaryFolder();
    notebook = join(folder, 'digits.ipynb');
    const figure = shown({ [PLOTLY]: { data, layout, config }, 'text/plain': text });
    const made = notebookWith(
      textCell('# Digits', { id: 'title' }),
      textCell('## 1 Draw', { id: 'stage-1' }),
      codeCell('display(redrawDigits(…));', [figure], { id: 'stage-1-code-1' }),
      textCell('## 2 On', { id: 'stage-2' }),
    );
    await writeNotebook(notebook, made);
  });
  after(closePages);

  const focused = (page: Page) =>
    page.evaluate(() => {
      const { role = '', ariaLabel = '' } = document.activeElement ?? {};
      return `${role}: ${ariaLabel}`;
    });

  /** What the button says of the so-many-th draw, such as `y= 7 y_pred=7, …`. */
  const said = (draw: number) =>
    RegExp(
      `^button: Draw four others, .*, ${itemAt(draws, draw)
        .replace(/^\d+: /, '')
        .replaceAll('y=', 'y= ')
        .replaceAll(' · ', ', ')}$`,
    );

  async function tabToButton(page: Page): Promise<void> {
    for (let tabs = 0; tabs < 30; tabs++) {
      await page.keyboard.press('Tab');
      if ((await focused(page)).startsWith('button: Draw')) return;
    }
    assert.fail('Tab does not come to the button');
  }

  async function press(page: Page, key: string): Promise<void> {
    const before = await focused(page);
    await page.keyboard.press(key);
    await page.waitForFunction(
      label =>
        document.activeElement?.ariaLabel && !label.endsWith(document.activeElement.ariaLabel),
      before,
    );
  }

  it('is reached by Tab, pressed by Enter and Space, and says what is shown', async () => {
    const html = join(folder, 'page.html');
    await exportHtml(notebook, html, 'en');
    const { page, errors } = await openOffline(browser, html);
    await page.locator('.updatemenu-button').waitFor();
    await tabToButton(page);
    assert.match(await focused(page), said(0));
    const scrolled = await page.evaluate(() => scrollY);
    for (const [key, draw] of [
      ['Enter', 1],
      ['Space', 2],
      ['Enter', 0],
    ] as const) {
      await press(page, key);
      assert.match(await focused(page), said(draw));
    }
    assert.equal(await page.evaluate(() => scrollY), scrolled, 'a space does not scroll');
    assert.equal(await page.locator('[role=group] .updatemenu-button').count(), 1);
    assert.deepEqual(errors, []);
  });

  it('does not turn the slide by a space', async () => {
    const html = join(folder, 'slides.html');
    await exportSlides(notebook, html, 'en');
    const { page, errors } = await openOffline(browser, html);
    const shown = () => page.evaluate('JSON.stringify(Reveal.getIndices())');
    await page.evaluate("location.hash = '#/stage-1'");
    await page.locator('section.present .updatemenu-button').waitFor();
    const slide = await shown();
    await tabToButton(page);
    await press(page, 'Space');
    assert.match(await focused(page), said(1));
    assert.equal(await shown(), slide);
    assert.deepEqual(errors, []);
  });
});
