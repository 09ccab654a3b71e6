/** One browser for all tests of a process, started by the first that asks for it. */
import type { Browser } from 'playwright-core';
import { startBrowser } from '../lib/publish/browser';

let browser: Promise<Browser> | undefined;

/** The browser, not to be closed; {@link closePages} closes what a suite has opened in it. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= startBrowser();
  return browser;
}

/** For the end of a suite: closes every page, and forgets its cookies. */
export async function closePages(): Promise<void> {
  const contexts = (await browser)?.contexts() ?? [];
  await Promise.all(contexts.map(context => context.close()));
}

// A process that runs files beside another's keeps it for its next file; the browser ends with it.
if (process.env.MOCHA_WORKER_ID === undefined) after(async () => (await browser)?.close());
