/** A visit to the site by a browser that has never been there. */
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../publish/browser';
import { type BrowserProcesses, processesOf } from './browser-processes';
import { type CountingProxy, countingProxy } from './counting-proxy';
import { foreignTime, isDisturbed, machineTime } from './load';

/** What came of something timed, and whether others disturbed it. */
export type Timed<T> = T & {
  /** Processor time of others meanwhile, in seconds. */
  readonly foreign: number;
  readonly disturbed: boolean;
};

export class Visit {
  private constructor(
    private readonly browser: Browser,
    private readonly processes: BrowserProcesses,
    private readonly proxy: CountingProxy,
    readonly page: Page,
  ) {}

  /** Starts a browser, whose caches are empty; the site is served at the port. */
  static async begin(port: number): Promise<Visit> {
    const proxy = await countingProxy(port);
    let browser: Browser | undefined;
    try {
      browser = await startBrowser();
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      return new Visit(browser, await processesOf(browser), proxy, page);
    } catch (error) {
      proxy.stop();
      await browser?.close();
      throw error;
    }
  }

  /** The address of the site. */
  get site(): string {
    return `http://127.0.0.1:${this.proxy.port}/`;
  }

  get version(): string {
    return this.browser.version();
  }

  /** The bytes that came over the network so far, compressed. */
  get transferred(): number {
    return this.proxy.sent();
  }

  /** Private memory of the page's process, in bytes; undefined where there is no /proc. */
  memory(): Promise<number | undefined> {
    return this.processes.memory();
  }

  /** Does some work in the page, and tells whether others were at work meanwhile. */
  async timed<T extends { readonly seconds: number }>(work: () => Promise<T>): Promise<Timed<T>> {
    const before = machineTime();
    const used = process.cpuUsage();
    const cpu = await this.processes.cpu();
    const done = await work();
    const { user, system } = process.cpuUsage(used);
    const own = (await this.processes.cpu()) - cpu + (user + system) / 1e6;
    const foreign = foreignTime(before, machineTime(), own);
    return { ...done, foreign, disturbed: isDisturbed(foreign, done.seconds) };
  }

  async end(): Promise<void> {
    await this.browser.close();
    this.proxy.stop();
  }
}
