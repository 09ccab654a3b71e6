/** The browser of all tests of a process. The first test in a browser starts the browser. */
import type { Browser } from 'playwright-core';
import { startBrowser } from '../lib/publish/browser';

let browser: Promise<Browser> | undefined;

/** The browser, not to be closed; {@link closePages} closes the pages of a suite. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= startBrowser();
  return browser;
}

/** For the end of a suite: closes all pages, and deletes their cookies. */
export async function closePages(): Promise<void> {
  const contexts = (await browser)?.contexts() ?? [];
  await Promise.all(contexts.map(context => context.close()));
}

// A parallel process keeps the browser for the next file; the browser ends with the process.
if (process.env.MOCHA_WORKER_ID === undefined) after(async () => (await browser)?.close());
