/** The engines of other browsers than Chromium, each driven in its own way, with one face. */
import { existsSync } from 'node:fs';
import { hasWebKit, WebKitPage } from './webkit';

/** A part of what Playwright's pages can do. */
export type EnginePage = Pick<WebKitPage, 'goto' | 'evaluate' | 'waitForFunction'>;

export interface Engine {
  readonly name: string;
  /** Names the program that this machine lacks, if any. */
  readonly missing?: string | undefined;
  /** Starts it with an empty profile. */
  open(): Promise<EnginePage & { close(): Promise<void> }>;
}

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'];
const firefox = process.env.DIGITS_FIREFOX || PLACES.find(existsSync);

export const engines: readonly Engine[] = [
  {
    name: 'Firefox',
    missing: firefox ? undefined : 'a Firefox, which DIGITS_FIREFOX may name',
    open: openFirefox,
  },
  {
    name: 'WebKit',
    missing: hasWebKit ? undefined : 'Debian’s packages webkitgtk-webdriver and xvfb',
    open: () => WebKitPage.open(),
  },
];

/** Starts Firefox, driven by WebDriver BiDi: Playwright has a Firefox of its own only. */
async function openFirefox(): ReturnType<Engine['open']> {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox as string,
    defaultViewport: null,
    args: ['--width=1280', '--height=900'],
  });
  let page = await browser.newPage();
  return {
    async goto(url) {
      // Anew: a page with a notebook that is not saved would ask whether to leave.
      await page.close();
      page = await browser.newPage();
      await page.goto(url);
    },
    // Puppeteer cannot tell what comes of a type that is left open.
    evaluate: (run, argument) => page.evaluate(run as () => never, argument),
    waitForFunction: (holds, argument, options) =>
      page.waitForFunction(holds as () => unknown, options, argument),
    close: () => browser.close(),
  };
}
