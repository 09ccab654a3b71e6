/** Small notebooks for tests of published pages, and an offline browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { redrawDigits } from '../../lib/digits/figures/redraw-digits';
import type { Language } from '../../lib/digits/language';
import { exportHtml } from '../../lib/publish/html';
import { type Cell, PLOTLY, readNotebook, writeNotebook } from '../../lib/publish/notebook';
import { padBundle } from '../digits/pad/hand';
import { temporaryFolder } from '../folder';
import { codeCell, displayOutput, notebookWith } from '../notebook';
import { compiledModel } from '../support';

/**
 * Holds `small.ts` and the notebooks made from it. `npx tsx test/publish/build-fixtures.ts` makes
 * them anew; a test compares them with the result of `buildNotebooks`.
 */
export const fixtures = join(__dirname, 'fixtures');

/** A figure with a button that draws other pictures. */
const digits = Array.from({ length: 12 }, (_, i) => i % 10);
export const redrawn = redrawDigits(
  { shape: [12, 2, 2], data: new Uint8Array(48) },
  digits,
  digits,
);

/**
 * A copy of the small fixture whose first stage ends with a pad, and the last with a figure's button; returns the
 * path.
 */
export async function livelyNotebook(folder: string): Promise<string> {
  const notebook = await readNotebook(join(fixtures, 'small.en.ipynb'));
  const model = compiledModel();
  const pad = padBundle(model);
  model.dispose();
  const index = notebook.cells.findIndex(cell => cell.id === 'stage-1-code-1');
  const lively = codeCell('digitPad(model);', [displayOutput(pad)], {
    id: 'lively',
    metadata: { slideshow: { slide_type: 'subslide' } },
  });
  const path = join(folder, 'lively.ipynb');
  notebook.cells.splice(index + 1, 0, lively);
  const { data, layout, config, text } = redrawn;
  const figure = displayOutput({ [PLOTLY]: { data, layout, config }, 'text/plain': text });
  notebook.cells.push(codeCell('display(redrawDigits(…));', [figure], { id: 'redrawn' }));
  await writeNotebook(path, notebook);
  return path;
}

/** Exports a notebook of these cells as a page, and returns the path of the page. */
export async function exportedPage(language: Language, ...cells: Cell[]): Promise<string> {
  const folder = temporaryFolder();
  const notebook = join(folder, 'page.ipynb');
  await writeNotebook(notebook, notebookWith(...cells));
  await exportHtml([notebook], folder, language);
  return join(folder, 'page.html');
}

/** The accessible description of the focused element. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { role = '', ariaLabel = '' } = document.activeElement ?? {};
    return `${role}: ${ariaLabel}`;
  });

/** Goes by Tab to the button of the figure in {@link livelyNotebook}. */
export async function tabToButton(page: Page): Promise<void> {
  await page.locator('.updatemenu-button').waitFor();
  for (let tabs = 0; tabs < 40; tabs++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith('button: Draw')) return;
  }
  throw new Error('Tab does not come to the button');
}

/** Presses a key on the button; returns the label after the figure has changed. */
export async function pressButton(page: Page, key: string): Promise<string> {
  const start = await focused(page);
  await page.keyboard.press(key);
  await page.waitForFunction(
    label => document.activeElement?.ariaLabel && !label.endsWith(document.activeElement.ariaLabel),
    start,
  );
  return focused(page);
}

/** Presses in the middle of the pad, and returns the brightness of that point, 0 to 255. */
export async function inkOf(page: Page): Promise<number | undefined> {
  const pad = page.locator('canvas').first();
  await pad.click();
  return pad.evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    return canvas.getContext('2d')?.getImageData(width / 2, height / 2, 1, 1).data[0];
  });
}

/**
 * Opens an HTML file, at `place` of it, with the network off; records requests beyond
 * the file, exceptions of scripts, and console errors.
 */
export async function openOffline(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
  place = '',
) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  const address = pathToFileURL(html).href;
  page.on('request', request => {
    const url = request.url();
    if (url.split('#')[0] !== address && !url.startsWith('data:')) requests.push(url);
  });
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address + place, { waitUntil: 'networkidle' });
  return { page, requests, errors };
}

/**
 * Visible texts with too little contrast to their background, and the contrast: below
 * 4.5, or below 3 for large texts (WCAG 2.2, 1.4.3). Excludes figures, which have a separate
 * background.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(readFileSync(join(__dirname, 'faint-texts.js'), 'utf8'));
}
