/**
 * WebKit, Safari's engine, as Debian packages it: the browser that comes with WebKitGTK, driven by
 * W3C's WebDriver, on a screen of its own. Playwright has a WebKit of its own only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownPort } from './own';

const MACHINE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const BROWSER = `/usr/lib/${MACHINE}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';

/** True if this machine has Debian's packages `webkitgtk-webdriver` and `xvfb`. */
export const hasWebKit = [BROWSER, DRIVER, SCREEN].every(existsSync);

/** A window of WebKit's, with a part of what Playwright's pages can do, under the same names. */
export class WebKitPage {
  private constructor(
    private readonly session: string,
    /** Ends the browser. */
    readonly close: () => Promise<void>,
  ) {}

  /** Starts a browser that keeps nothing beyond its end. */
  static async open(): Promise<WebKitPage> {
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
    await ask('POST', `${session}/timeouts`, { script: 300_000, pageLoad: 60_000 });
    await ask('POST', `${session}/window/rect`, { width: 1280, height: 900 });
    return new WebKitPage(session, async () => {
      await ask('DELETE', session);
      driver.kill();
      screen.kill();
    });
  }

  async goto(url: string): Promise<unknown> {
    return ask('POST', `${this.session}/url`, { url });
  }

  async reload(): Promise<void> {
    await ask('POST', `${this.session}/refresh`, {});
  }

  /** Calls a function in the page; returns what it, or its promise, comes to, as JSON. */
  async evaluate<Result, Argument = undefined>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
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
      `${this.session}/execute/async`,
      { script, args: [argument] },
    );
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Waits until a function comes to something true in the page; returns that. */
  async waitForFunction<Argument>(
    holds: (argument: Argument) => unknown,
    argument?: Argument,
    { timeout = 30_000 } = {},
  ): Promise<unknown> {
    const end = Date.now() + timeout;
    for (;;) {
      const value = await this.evaluate(holds, argument);
      if (value) return value;
      if (Date.now() > end) throw new Error(`${holds} did not hold within ${timeout} ms`);
      await sleep(100);
    }
  }
}

/** Sends a command of WebDriver; returns its value. */
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
