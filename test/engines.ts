/**
 * The three engines of browsers, each with a different driver, with one interface: Playwright has a Firefox and
 * a WebKit only in modified builds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { startBrowser } from '../lib/publish/browser';
import { ownPort } from './own';

/** A part of what Playwright's pages can do. */
export interface EnginePage {
  goto(url: string): Promise<unknown>;
  /** Calls a function in the page; returns the result, or the result of the promise. */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** Waits until a function comes to something true in the page. */
  waitForFunction<Argument>(
    holds: (argument: Argument) => unknown,
    argument?: Argument,
    options?: { readonly timeout?: number; readonly polling?: number },
  ): Promise<unknown>;
}

/** A place in the window, in pixels. */
export type Place = readonly [x: number, y: number];

/** A browser with a single page. */
export interface EngineBrowser extends EnginePage {
  /** Draws a line with the pointer. */
  draw(line: readonly Place[]): Promise<void>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** Names the program that this machine lacks, if any. */
  readonly missing?: string | undefined;
  /** Starts the browser with an empty profile. */
  open(): Promise<EngineBrowser>;
}

/** Milliseconds for long calls in a page, such as running a notebook. */
const PATIENCE = 600_000; // milliseconds

const WINDOW = { width: 1280, height: 900 };

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'];
const firefox = process.env.DIGITS_FIREFOX || PLACES.find(existsSync);

/** WebKit, Safari's engine, from Debian: the browser of WebKitGTK. */
const MACHINE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const BROWSER = `/usr/lib/${MACHINE}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';

export const engines: readonly Engine[] = [
  { name: 'Chromium', open: openChromium },
  {
    name: 'Firefox',
    missing: firefox ? undefined : 'a Firefox, which DIGITS_FIREFOX may name',
    open: openFirefox,
  },
  {
    name: 'WebKit',
    missing: [BROWSER, DRIVER, SCREEN].every(existsSync)
      ? undefined
      : 'Debian’s packages webkitgtk-webdriver and xvfb',
    open: openWebKit,
  },
];

/** Starts Chromium, driven by Playwright. */
async function openChromium(): Promise<EngineBrowser> {
  const browser = await startBrowser();
  const context = await browser.newContext({ viewport: WINDOW });
  let page = await context.newPage();
  return {
    async goto(url) {
      await page.close();
      page = await context.newPage();
      await page.goto(url);
    },
    evaluate: (run, argument) => page.evaluate(run as () => never, argument),
    waitForFunction: (holds, argument, options) =>
      page.waitForFunction(holds as () => unknown, argument, options),
    draw: line => drawBy(page.mouse, line),
    close: () => browser.close(),
  };
}

/** The mouse of Playwright, or of Puppeteer. */
interface Mouse {
  move(x: number, y: number, options?: { steps: number }): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
}

async function drawBy(mouse: Mouse, [first, ...others]: readonly Place[]): Promise<void> {
  await mouse.move(...(first as Place));
  await mouse.down();
  for (const [x, y] of others) await mouse.move(x, y, { steps: 4 });
  await mouse.up();
}

/** Starts Firefox, driven by WebDriver BiDi. */
async function openFirefox(): Promise<EngineBrowser> {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox as string,
    defaultViewport: null,
    protocolTimeout: PATIENCE,
    args: [`--width=${WINDOW.width}`, `--height=${WINDOW.height}`],
  });
  let page = await browser.newPage();
  return {
    async goto(url) {
      // Anew: a page with a notebook that is not saved would ask whether to leave.
      await page.close();
      page = await browser.newPage();
      await page.goto(url);
    },
    ...evaluationOf(() => page),
    draw: line => drawBy(page.mouse, line),
    close: () => browser.close(),
  };
}

/** Asks a page of Puppeteer's. */
export const evaluationOf = (
  page: () => Page,
): Pick<EnginePage, 'evaluate' | 'waitForFunction'> => ({
  // Puppeteer cannot infer the result of a generic type, and waits for frames; a page in the background draws no frames.
  evaluate: (run, argument) => page().evaluate(run as () => never, argument),
  waitForFunction: (holds, argument, options) =>
    page().waitForFunction(holds as () => unknown, { polling: 100, ...options }, argument),
});

/** Starts WebKit, driven by W3C's WebDriver, on a separate screen. */
async function openWebKit(): Promise<EngineBrowser> {
  const port = await ownPort();
  const screen = spawn(SCREEN, ['-displayfd', '1', '-screen', '0', '1280x1024x24']);
  process.once('exit', () => screen.kill());
  const [display] = await once(screen.stdout as Readable, 'data');
  const env = { ...process.env, DISPLAY: `:${`${display}`.trim()}`, LIBGL_ALWAYS_SOFTWARE: '1' };
  const driver = spawn(DRIVER, [`--port=${port}`], { env, stdio: 'ignore' });
  process.once('exit', () => driver.kill());
  const address = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${address}/status`).catch(() => undefined))) await sleep(100);
  const options = { binary: BROWSER, args: ['--automation'] };
  const { sessionId } = await ask<{ sessionId: string }>('POST', `${address}/session`, {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const session = `${address}/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: PATIENCE, pageLoad: 60_000 });
  await ask('POST', `${session}/window/rect`, WINDOW);

  const evaluate: EnginePage['evaluate'] = async <Result>(run: unknown, argument: unknown) => {
    // tsx names functions by a helper that the page lacks.
    const script = `
      const [argument, done] = arguments;
      const __name = value => value;
      Promise.resolve(argument).then(${run}).then(
        value => done({ value }),
        error => done({ error: String(error) }),
      );`;
    const { value, error } = await ask<{ value: Result; error?: string }>(
      'POST',
      `${session}/execute/async`,
      { script, args: [argument] },
    );
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return {
    goto: url => ask('POST', `${session}/url`, { url }),
    evaluate,
    async waitForFunction(holds, argument, { timeout = 30_000 } = {}) {
      const end = Date.now() + timeout;
      while (!(await evaluate(holds, argument))) {
        if (Date.now() > end) throw new Error(`${holds} did not hold within ${timeout} ms`);
        await sleep(100);
      }
    },
    async draw(line) {
      const moves = line.map(([x, y], i) => {
        const duration = i === 0 ? 0 : 100; // milliseconds
        return { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration };
      });
      const [first, ...rest] = moves;
      const press = { type: 'pointerDown', button: 0 };
      const actions = [first, press, ...rest, { type: 'pointerUp', button: 0 }];
      const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
      await ask('POST', `${session}/actions`, { actions: [mouse] });
    },
    async close() {
      await ask('DELETE', session);
      driver.kill();
      screen.kill();
    },
  };
}

/** Sends a command of WebDriver; returns the value. */
async function ask<T>(method: string, url: string, parameters?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: parameters && JSON.stringify(parameters),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
