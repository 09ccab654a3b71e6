/** A file of ours in a browser without a network. */
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface OpenedFile {
  readonly page: Page;
  /** The addresses that were asked for beyond the file itself. */
  readonly requests: string[];
  /** What scripts threw, and what they reported as errors. */
  readonly errors: string[];
}

/** Opens an HTML file, at `place` of it, with the network off. */
export async function openOffline(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
  place = '',
): Promise<OpenedFile> {
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
 * The texts on show that stand out too little from what is behind them, with their contrast: below
 * 4.5, or below 3 where they are large (WCAG 2.2, 1.4.3). Figures are left out: they bring their own
 * background.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const rgba = colour => colour.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => [r, g, b]
      .map(v => v / 255)
      .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = element => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if ((colour[3] ?? 1) > 0.5) return colour;
      }
      return [255, 255, 255];
    };
    const over = ([r, g, b, a = 1], back) => [r, g, b].map((v, i) => v * a + back[i] * (1 - a));
    const faint = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest('script, style, .js-plotly-plot, mjx-container, .aria-status')) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const { color, fontSize } = getComputedStyle(element);
      const back = behind(element);
      const [a, b] = [luminance(over(rgba(color), back)), luminance(back)].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < (parseFloat(fontSize) >= 24 ? 3 : 4.5)) {
        faint.add(contrast.toFixed(2) + ' ' + color + ' on ' + back.slice(0, 3) + ': ' + node.data.trim().slice(0, 40));
      }
    }
    return [...faint];
  })()`);
}
