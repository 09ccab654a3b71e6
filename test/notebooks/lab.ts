/** A real JupyterLab for the tests, with a browser on it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { pythonEnvironment } from '../../lib/command/machine/paths';
import { waitForServer } from '../../lib/command/processes/wait-for-server';
import type { Language } from '../../lib/digits/language';
import { exportArguments } from '../../lib/lab/export/options';
import { labSettings, writeLabExtensions } from '../../lib/lab/settings';
import { writeNotebook } from '../../lib/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { ownFolder, ownPort } from '../own';
import { familyOf } from '../processes';
import { NotebookPage } from './notebook-page';

/** Applications and their paths. Jupyter Notebook 7 uses the settings of JupyterLab's server. */
const PAGES = { jupyterlab: 'lab/workspaces/test/tree', notebook: 'notebooks' } as const;
type App = keyof typeof PAGES;

/** How many figures the lesson draws. */
export const FIGURES = 22;

/** A JupyterLab or Jupyter Notebook with separate files, settings and trusted notebooks. */
export class Lab {
  private constructor(
    /** The folder of the notebooks, below the project, so that imports resolve. */
    readonly folder: string,
    private readonly app: App,
    private readonly address: string,
    private readonly token: string,
    private readonly launch: () => Promise<ChildProcess>,
    private server: ChildProcess,
  ) {}

  static async start(language: Language, app: App = 'jupyterlab'): Promise<Lab> {
    const root = ownFolder(app, language);
    const folder = join(root, 'notebooks');
    const settings = join(root, 'app-settings');
    await rm(root, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await mkdir(settings, { recursive: true });
    await mkdir(join(root, 'tmp'));
    await writeFile(join(settings, 'overrides.json'), labSettings(language));

    const port = await ownPort();
    const token = randomBytes(24).toString('hex');
    const options = [
      ...['--ServerApp.ip=127.0.0.1', `--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
      ...[`--ServerApp.root_dir=${folder}`, '--ServerApp.open_browser=False', '--allow-root'],
      ...[`--LabApp.app_settings_dir=${settings}`, '--ServerApp.log_level=ERROR'],
      ...[
        '--expose-app-in-browser',
        '--LabApp.log_level=ERROR',
        `--LabApp.extra_labextensions_path=${writeLabExtensions()}`,
      ],
      ...(await exportArguments('lesson')),
    ];
    const launch = async () => {
      const log = await open(join(root, 'lab.log'), 'a');
      const server = spawn(pythonEnvironment().program('python'), ['-m', app, ...options], {
        env: {
          ...process.env,
          JUPYTER_TOKEN: token,
          JUPYTER_PREFER_ENV_PATH: '1',
          JUPYTER_CONFIG_DIR: join(root, 'config'),
          JUPYTER_DATA_DIR: join(root, 'data'),
          JUPYTER_RUNTIME_DIR: join(root, 'runtime'),
          TMPDIR: join(root, 'tmp'),
          JUPYTERLAB_SETTINGS_DIR: join(root, 'settings'),
          JUPYTERLAB_WORKSPACES_DIR: join(root, 'workspaces'),
        },
        stdio: ['ignore', 'ignore', log.fd],
      });
      await log.close();
      process.once('exit', () => server.kill());
      return server;
    };
    const lab = new Lab(folder, app, `http://127.0.0.1:${port}`, token, launch, await launch());
    await lab.answers();
    return lab;
  }

  private async answers(): Promise<void> {
    const ended = new AbortController();
    this.server.once('exit', () => ended.abort());
    const asking = AbortSignal.any([ended.signal, AbortSignal.timeout(100_000)]);
    if (await waitForServer(`${this.address}/api/status?token=${this.token}`, asking)) return;
    await this.stop();
    throw new Error(`${this.app} does not answer; see lab.log beside ${this.folder}`);
  }

  /** Starts a server that was stopped once more, at the same address. */
  async startAgain(): Promise<void> {
    this.server = await this.launch();
    await this.answers();
  }

  /** The server and its child processes. */
  processes(): number[] {
    return familyOf(this.server.pid ?? 0);
  }

  /** Suspends or wakes the server and the kernels, like a laptop lid. */
  sleeps(isAsleep: boolean): void {
    for (const pid of this.processes()) process.kill(pid, isAsleep ? 'SIGSTOP' : 'SIGCONT');
  }

  private ask(what: string, method = 'GET'): Promise<Response> {
    const signal = AbortSignal.timeout(30_000);
    return fetch(`${this.address}/api/${what}?token=${this.token}`, { method, signal });
  }

  /** Opens a notebook of the folder in a separate workspace; `place` is a fragment. */
  async open(page: Page, file: string, place = ''): Promise<LabNotebook> {
    const address = `${this.address}/${PAGES[this.app]}/${file}`;
    await page.goto(`${address}?reset&token=${this.token}${place}`);
    const notebook = new LabNotebook(page);
    await notebook.shows(file);
    return notebook;
  }

  /** Ends the kernels, and resets the settings. */
  async tidy(): Promise<void> {
    const kernels = (await (await this.ask('kernels')).json()) as { id: string }[];
    await Promise.all(kernels.map(({ id }) => this.ask(`kernels/${id}`, 'DELETE')));
    await rm(join(this.folder, '..', 'settings'), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    // During a file read for a page, the server may wait for the reading thread for ever.
    const impatient = setTimeout(() => this.server.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(impatient);
  }
}

/** An open notebook in JupyterLab, in Chromium. */
export class LabNotebook extends NotebookPage<Page> {
  private readonly code = this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell');

  /** The cell that contains `text`. */
  cell(text: string): Locator {
    return this.code.filter({ has: this.page.locator('.jp-InputArea', { hasText: text }) }).first();
  }

  /**
   * Waits for a number of figures, scrolls each into view, and asserts that Plotly draws the figure within the
   * available width. A figure with a saved picture first shows the picture, and is drawn
   * when the pointer enters. Opens collapsed sections.
   *
   * @param each the step between checked figures.
   */
  async assertDrawn(expected = FIGURES, each = 1): Promise<void> {
    await this.command('notebook:expand-all-headings');
    const outputs = this.code.locator('.jp-RenderedPlotly');
    await outputs.nth(expected - 1).waitFor({ state: 'attached' });
    assert.equal(await outputs.count(), expected);
    for (let index = 0; index < expected; index += each) {
      const output = outputs.nth(index);
      const drawing = output.locator('.main-svg').first();
      const widthOfPicture = () =>
        output.evaluate(part => part.querySelector('img')?.getBoundingClientRect().width ?? 0);
      let picture = 0;
      await this.page.mouse.move(0, 0);
      // Repeat: content above may still grow, and push the figure out of view.
      for (let tries = 0; tries < 100 && !(await drawing.isVisible()); tries++) {
        await output.evaluate(element => element.scrollIntoView({ block: 'center' }));
        picture ||= await widthOfPicture();
        const box = await output.boundingBox();
        if (box) await this.page.mouse.move(box.x + 100 + (tries % 2), box.y + box.height / 2);
        await delay(100);
      }
      await output.evaluate(element => element.scrollIntoView({ block: 'center' }));
      await drawing.waitFor();
      const room = (await output.boundingBox())?.width ?? 0;
      const { width = 0, height = 0 } = (await drawing.boundingBox()) ?? {};
      const paths = await output.locator('.main-svg path, .main-svg image').count();
      const sizes = JSON.stringify({ width, height, paths, room, picture });
      assert.ok(width > 400 && height > 150 && paths > 3, sizes);
      assert.ok(width <= room && picture <= room, `cut off: ${sizes}`);
    }
  }

  /** The text about trust in the status bar. */
  async trust(): Promise<string> {
    return (
      (await this.page.locator('#jp-main-statusbar [title*="rusted"]').getAttribute('title')) ?? ''
    );
  }

  /** The error outputs of the cells. */
  errors(): Promise<string[]> {
    return this.page
      .locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
      .allTextContents();
  }
}

/** The JupyterLab of this process, in English. */
let sharedLab: Promise<Lab> | undefined;

/** A page in the browser, and a JupyterLab for it. */
export type Desk = Awaited<ReturnType<typeof deskAt>>;

/** @param width of the page, in pixels. @param height of the page, in pixels */
export async function deskAt(width: number, height: number) {
  sharedLab ??= Lab.start('en');
  const [browser, lab] = await Promise.all([sharedBrowser(), sharedLab]);
  const page = await browser.newPage({ viewport: { width, height } });
  /** Closes the pages, ends the kernels, and puts the settings back. */
  const leave = async () => {
    await closePages();
    await lab.tidy();
  };
  return { browser, lab, page, leave };
}

// A parallel process keeps the server for the next file; the server ends with the process.
if (process.env.MOCHA_WORKER_ID === undefined) after(async () => (await sharedLab)?.stop());

/** Writes the lesson, not yet executed, into the folder that a JupyterLab shows. */
export async function provideLesson(lab: Lab, language: Language): Promise<string> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const file = `lesson.${language}.ipynb`;
  await writeNotebook(join(lab.folder, file), notebookOf(source, language));
  return file;
}
