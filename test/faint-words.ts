/** Words in figures that stand out too little from what they stand on. */
import type { Locator, Page } from 'playwright-core';

/**
 * Lists the words in a page's SVG whose contrast is below 4.5 (WCAG 2.2, 1.4.3), with it: their computed
 * colour, as the filters around them turn it, against the pixels that are there without them. Lists as well
 * digits that do not stand on black.
 */
export async function faintWords(page: Page, within: string): Promise<string[]> {
  const hidden = await page.addStyleTag({ content: `${within} text { visibility: hidden }` });
  const picture = (await page.screenshot()).toString('base64');
  await hidden.evaluate(style => (style as Element).remove());
  // tsx names functions by a helper that the page lacks.
  await page.evaluate('globalThis.__name = value => value');
  return page.evaluate(
    async ({ picture, within }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (!pen) throw new Error('no canvas');
      const at = (x: number, y: number) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)];
      const luminance = (color: number[]) =>
        color
          .map(v => v / 255)
          .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
          .reduce((sum, v, i) => sum + v * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
      const painted = (element: Element) => {
        const filters: string[] = [];
        for (let at: Element | null = element; at; at = at.parentElement) {
          const { filter } = getComputedStyle(at);
          if (filter !== 'none') filters.push(filter);
        }
        pen.filter = filters.join(' ') || 'none';
        pen.fillStyle = getComputedStyle(element).fill;
        pen.fillRect(0, 0, 1, 1);
        pen.filter = 'none';
        return at(0, 0);
      };
      const faint: string[] = [];
      for (const text of document.querySelectorAll(`${within} text`)) {
        const { left, top, width, height } = text.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        if (width === 0 || !text.checkVisibility() || y < 0 || y > image.height) continue;
        pen.drawImage(image, 0, 0);
        const back = at(Math.round(x), Math.round(y));
        const own = painted(text);
        const [a = 0, b = 0] = [luminance(own), luminance(back)].sort((a, b) => b - a);
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5)
          faint.push(`${contrast.toFixed(2)}: ${text.textContent} ${own} on ${back}`);
      }
      for (const digits of document.querySelectorAll(`${within} .digits-grey`)) {
        const { left, top } = digits.getBoundingClientRect();
        pen.drawImage(image, 0, 0);
        const corner = at(Math.ceil(left), Math.ceil(top));
        if (corner.some(Boolean)) faint.push(`digits on ${corner}`);
      }
      return faint;
    },
    { picture, within },
  );
}

/** Tells how bright a part of the page is, 0 to 255: its upper left corner, and its brightest pixel. */
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
    // The second of each four is green.
    return [data[1] ?? 0, data.reduce((most, v, i) => (i % 4 === 1 ? Math.max(most, v) : most), 0)];
  }, picture);
}
