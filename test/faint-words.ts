/** Words in figures with too little contrast to their background. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/**
 * Lists the words in a page's SVG with a contrast below 4.5 (WCAG 2.2, 1.4.3), and the contrast: the computed
 * colour after the surrounding filters, against the background pixels. Also lists
 * digits that do not stand on black.
 */
export async function faintWords(page: Page, within: string): Promise<string[]> {
  const hidden = await page.addStyleTag({ content: `${within} text { visibility: hidden }` });
  const picture = (await page.screenshot()).toString('base64');
  await hidden.evaluate(style => (style as Element).remove());
  const script = readFileSync(join(__dirname, 'faint-words.js'), 'utf8').replace(/;\s*$/, '');
  return page.evaluate(`(${script})(${JSON.stringify(picture)}, ${JSON.stringify(within)})`);
}

/** Returns the brightness of a part of the page, 0 to 255: the upper left corner, and the brightest pixel. */
export async function shadesOf(part: Locator): Promise<[corner: number, brightest: number]> {
  const picture = (await part.screenshot()).toString('base64');
  return part.page().evaluate(async picture => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    // The second of four bytes is green.
    return [data[1] ?? 0, data.reduce((most, v, i) => (i % 4 === 1 ? Math.max(most, v) : most), 0)];
  }, picture);
}
