/** The site for the tests, built once for all of them, and its pages. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { withLock } from '../../../lib/tools/project/lock.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { joined, type Output } from '../../../lib/tools/publish/notebook';
import { isStale } from '../../../lib/tools/site/build';
import { type StaticServer, startServer } from '../../../lib/tools/site/server';
import { closePages, sharedBrowser } from '../../browser';
import type { EnginePage } from '../../engines';
import { temporaryFolder } from '../../folder';
import { ownPort } from '../../own';

const folder = join(projectRoot, 'build', 'tests', 'site');

/** The folder of the site, built where it is not there or older than what it is made of. */
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

/** A folder that has the site at a place below it: a site may stand below any address. */
export async function siteBelow(place: string): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, place)), { recursive: true });
  symlinkSync(await builtSite(), join(folder, place));
  return folder;
}

/** A server of a folder, which can be ended and started again at the same port. */
export class TestServer {
  private server: StaticServer | undefined;
  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<TestServer> {
    const server = new TestServer(folder, await ownPort());
    await server.start();
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
 * Serves the site to the tests of a suite, in which this is to be called; anew to each of them unless
 * they share their pages.
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

/** A code cell, as a page shows it. */
export interface Cell {
  readonly count: number | null;
  readonly outputs: Output[];
}

declare global {
  interface Window {
    /** JupyterLab, as far as tests ask it. */
    jupyterapp: {
      commands: { execute(id: string, args?: object): Promise<unknown> };
      serviceManager: {
        contents: { get(path: string, options: object): Promise<{ content: unknown }> };
        sessions: { startNew(options: object): Promise<unknown> };
        workspaces: { save(id: string, workspace: object): Promise<void> };
      };
      shell: {
        currentWidget: {
          context: { path: string; model: { dirty: boolean } };
          sessionContext: { session?: { kernel?: { status: string; restart(): Promise<void> } } };
          content: {
            activeCellIndex: number;
            widgets: {
              prompt: string;
              model: {
                id: string;
                type: string;
                executionCount: number | null;
                outputs: { toJSON(): Output[] };
                sharedModel: { getSource(): string; setSource(text: string): void };
              };
            }[];
          };
        };
      };
    };
  }
}

/** A notebook that is open in an app of the site, in whichever engine. */
export class NotebookPage<Driver extends EnginePage = EnginePage> {
  /** @param site its address. */
  constructor(
    readonly page: Driver,
    readonly site: string,
  ) {}

  /** Opens a notebook, and waits until its kernel is idle. */
  async open(
    language: 'zh' | 'en',
    { name = 'lesson', app = 'lab', place = '' } = {},
  ): Promise<void> {
    const notebook = `${name}.${language}.ipynb`;
    await this.page.goto(`${this.site}${language}/${app}/index.html?path=${notebook}${place}`);
    // JupyterLab may first show what another tab has open.
    await this.page.waitForFunction(
      path => window.jupyterapp?.shell.currentWidget?.context?.path === path,
      notebook,
      { timeout: 60_000 },
    );
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.waitForFunction(
      () => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell'),
      undefined,
      { timeout: 60_000 },
    );
    await this.idle();
  }

  async idle(timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const panel = window.jupyterapp.shell.currentWidget;
        const waiting = panel.content.widgets.some(({ prompt }) => prompt === '*');
        return !waiting && panel.sessionContext.session?.kernel?.status === 'idle';
      },
      undefined,
      { timeout },
    );
  }

  /** Has a command of JupyterLab's run to its end. */
  async command(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(
      ([id, args]) =>
        window.jupyterapp.commands.execute(id as string, args as object).then(() => {}),
      [id, args] as const,
    );
  }

  /** Runs all cells, and returns them. */
  async runAll(): Promise<Cell[]> {
    await this.command('runmenu:run-all');
    await this.idle(240_000);
    return this.cells();
  }

  /** Runs the cells above one, which its id names, such as `stage-4`. */
  async runAbove(id: string): Promise<Cell[]> {
    await this.page.evaluate(id => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = content.widgets.findIndex(({ model }) => model.id === id);
    }, id);
    await this.command('notebook:run-all-above');
    await this.idle(240_000);
    return this.cells();
  }

  /** The code cells of the notebook on show. */
  cells(): Promise<Cell[]> {
    return this.page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.content.widgets
        .filter(({ model }) => model.type === 'code')
        .map(({ model }) => ({ count: model.executionCount, outputs: model.outputs.toJSON() })),
    );
  }

  /** Finds where the first code cell behind a place stands. */
  codeCellBehind(place: number): Promise<number> {
    return this.page.evaluate(
      place =>
        window.jupyterapp.shell.currentWidget.content.widgets.findIndex(
          ({ model }, i) => i > place && model.type === 'code',
        ),
      place,
    );
  }

  /** Begins a cell of its own at the end of the notebook; returns where it stands. */
  begin(code: string): Promise<number> {
    return this.page.evaluate(async code => {
      const { commands, shell } = window.jupyterapp;
      const { content } = shell.currentWidget;
      content.activeCellIndex = content.widgets.length - 1;
      await commands.execute('notebook:insert-cell-below');
      await commands.execute('notebook:change-cell-to-code');
      const at = content.activeCellIndex;
      content.widgets[at]?.model.sharedModel.setSource(code);
      void commands.execute('notebook:run-cell');
      return at;
    }, code);
  }

  /** Returns what a cell shows: what it printed, its value, and its error. */
  async shown(at: number) {
    const outputs = await this.page.evaluate(
      at => window.jupyterapp.shell.currentWidget.content.widgets[at]?.model.outputs.toJSON() ?? [],
      at,
    );
    const texts = outputs.map(output => {
      if (output.output_type === 'execute_result') return `${output.data['text/plain']}\n`;
      return output.output_type === 'stream' ? joined(output.text) : '';
    });
    return { text: texts.join(''), error: outputs.find(each => each.output_type === 'error') };
  }

  /** Runs a cell of its own at the end of the notebook, and returns what it shows. */
  async run(code: string) {
    const at = await this.begin(code);
    await this.idle();
    return this.shown(at);
  }

  /** The source of a cell. */
  source(at: number): Promise<string> {
    return this.page.evaluate(
      at =>
        window.jupyterapp.shell.currentWidget.content.widgets[at]?.model.sharedModel.getSource() ??
        '',
      at,
    );
  }

  async write(at: number, text: string): Promise<void> {
    await this.page.evaluate(
      ([at, text]) =>
        window.jupyterapp.shell.currentWidget.content.widgets[at]?.model.sharedModel.setSource(
          text,
        ),
      [at, text] as const,
    );
  }

  /** The path of the notebook on show, and whether it has changes that are not saved. */
  file(): Promise<{ path: string; dirty: boolean }> {
    return this.page.evaluate(() => {
      const { path, model } = window.jupyterapp.shell.currentWidget.context;
      return { path, dirty: model.dirty };
    });
  }

  /** What a notebook holds as it is saved, as JSON. */
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

/** One in Chromium, with what it asks for elsewhere and what goes wrong in it. */
export class SitePage extends NotebookPage<Page> {
  /** The addresses that were asked for elsewhere than at the site. */
  readonly elsewhere: string[] = [];
  /** What scripts threw, and what they reported as errors. */
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

/** The errors that cells ended with, in a line each. */
export const failuresOf = (cells: readonly Cell[]): string[] =>
  cells.flatMap(({ outputs }) =>
    outputs.flatMap(each => (each.output_type === 'error' ? `${each.ename}: ${each.evalue}` : [])),
  );

/** Asserts that axe finds nothing wrong with a page, or with a part of it; with one of JupyterLab's, nothing serious. */
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
