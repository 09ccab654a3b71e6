/** The site for the tests, built once for all tests, and pages of the site. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { projectRoot } from '../../../lib/command/machine/paths';
import { withLock } from '../../../lib/command/processes/lock.mjs';
import { isStale } from '../../../lib/publish/site/build';
import { startServer } from '../../../lib/publish/site/server';
import { closePages, sharedBrowser } from '../../browser';
import type { EnginePage } from '../../engines';
import { temporaryFolder } from '../../folder';
import { NotebookPage } from '../../notebooks/notebook-page';
import { ownPort } from '../../own';

const folder = join(projectRoot, 'build', 'tests', 'site');

/** The folder of the site, built if missing or older than the sources. */
export async function builtSite(): Promise<string> {
  await withLock(`${folder}.test-lock`, async () => {
    if (!isStale(folder)) return;
    const program = join(__dirname, 'build-once.ts');
    await promisify(execFile)(process.execPath, ['--import', 'tsx', program, folder], {
      cwd: projectRoot,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  });
  return folder;
}

/** A copy of the site that a test may change. */
export async function copyOfSite(): Promise<string> {
  const copy = temporaryFolder();
  cpSync(await builtSite(), copy, { recursive: true });
  return copy;
}

/** A folder with the site in a subfolder: a site may have any path. */
export async function siteBelow(place: string): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, place)), { recursive: true });
  symlinkSync(await builtSite(), join(folder, place));
  return folder;
}

/** A server of a folder that can restart on the same port. */
export class TestServer {
  private server: Awaited<ReturnType<typeof startServer>> | undefined;
  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<TestServer> {
    // The port survives restarts, and may differ from the port that was free before.
    const first = await startServer(folder, await ownPort());
    const server = new TestServer(folder, first.port);
    server.server = first;
    return server;
  }

  async start(folder = this.folder): Promise<void> {
    this.server = await startServer(folder, this.port);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/`;
  }
}

/**
 * Serves the site to the tests of the calling suite; restarts for each test unless
 * the tests share pages.
 */
export function serveSite({ folder = builtSite, shared = false } = {}) {
  let browser: Browser;
  let site: string;
  let server: TestServer | undefined;
  before(async function () {
    this.timeout(600_000); // The first test that needs the site builds it.
    browser = await sharedBrowser();
    site = await folder();
  });
  beforeEach(async () => {
    server ??= await TestServer.start(site);
  });
  const leave = async () => {
    await closePages();
    await server?.stop();
    server = undefined;
  };
  (shared ? after : afterEach)(leave);
  return {
    get server() {
      return server as TestServer;
    },
    /** Opens a page of a browser that has not been here before. */
    async open(options: BrowserContextOptions = {}): Promise<SitePage> {
      const viewport = { width: 1280, height: 900 };
      const context = await browser.newContext({ viewport, ...options });
      return SitePage.in(context, server?.address ?? '');
    },
  };
}

/** A notebook of the site, in whichever engine. */
export class SiteNotebook<Driver extends EnginePage = EnginePage> extends NotebookPage<Driver> {
  /** @param site the address of the site. */
  constructor(
    page: Driver,
    readonly site: string,
  ) {
    super(page);
  }

  /** Opens a notebook, and waits until the kernel is idle. */
  async open(
    language: 'zh' | 'en',
    { name = 'lesson', app = 'lab', place = '' } = {},
  ): Promise<void> {
    const notebook = `${name}.${language}.ipynb`;
    await this.page.goto(`${this.site}${language}/${app}/index.html?path=${notebook}${place}`);
    await this.shows(notebook);
  }

  /** The path of the visible notebook, and whether changes are unsaved. */
  file(): Promise<{ path: string; dirty: boolean }> {
    return this.page.evaluate(() => {
      const { path, model } = window.jupyterapp.shell.currentWidget.context;
      return { path, dirty: model.dirty };
    });
  }

  /** The saved content of a notebook as JSON. */
  content(path: string): Promise<string> {
    return this.page.evaluate(
      async path =>
        JSON.stringify(
          (await window.jupyterapp.serviceManager.contents.get(path, { content: true })).content,
        ),
      path,
    );
  }

  /** Waits until all is kept that the lesson needs without a network. */
  async kept(): Promise<void> {
    await this.page.waitForFunction(() => document.documentElement.dataset.keptOffline, undefined, {
      timeout: 240_000,
    });
  }
}

/** A page in Chromium that records requests to other origins and errors. */
export class SitePage extends SiteNotebook<Page> {
  /** The addresses that were asked for elsewhere than at the site. */
  readonly elsewhere: string[] = [];
  /** Exceptions of scripts, and console errors. */
  readonly errors: string[] = [];

  constructor(page: Page, site: string) {
    super(page, site);
    page.context().on('request', request => {
      const url = request.url();
      if (!url.startsWith(new URL(site).origin) && !/^(data|blob|about):/.test(url)) {
        this.elsewhere.push(url);
      }
    });
    page.on('pageerror', error => this.errors.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** A page in a context; `site` is the site's address. */
  static async in(context: BrowserContext, site: string): Promise<SitePage> {
    return new SitePage(await context.newPage(), site);
  }
}

/** Asserts that axe finds nothing wrong with a page or a part of a page; nothing serious in JupyterLab's pages. */
export async function assertAccessible(
  page: Page,
  part?: string,
  ofJupyter = false,
): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  assert.deepEqual(
    violations
      .filter(({ impact }) => !ofJupyter || impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}
