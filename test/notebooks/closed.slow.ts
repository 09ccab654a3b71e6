/** A notebook whose tab is closed while cells run: what they show comes back, or the learner is told. */
import { deepEqual, match } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLOTLY, readNotebook, writeNotebook } from '../../lib/tools/publish/notebook';
import { codeCell, notebookWith } from '../notebook';
import { readData } from '../texts';
import { type Desk, deskAt, type LabNotebook } from './lab';

type Name = 'prepare' | 'prints' | 'queued' | 'fails' | 'dropped';
const CELLS = readData<Readonly<Record<Name, string>>>('notebooks/closed.yml');
const NAMES = Object.keys(CELLS) as Name[];

describe('a notebook whose tab is closed while its cells run', function () {
  this.retries(1);
  let desk: Desk;
  let notebook: LabNotebook;
  const path = (name: string) => join(desk.lab.folder, name);
  before(async () => {
    desk = await deskAt(1440, 900);
    // One browser, in which tabs come and go.
    const browser = await desk.browser.newContext({ viewport: { width: 1440, height: 900 } });
    desk.page = await browser.newPage();
  });
  beforeEach(async () => {
    for (const name of ['first', 'second']) await rm(path(name), { force: true });
    const content = notebookWith(...Object.values(CELLS).map(code => codeCell(code)));
    for (const file of ['work.ipynb', 'other.ipynb']) await writeNotebook(path(file), content);
    notebook = await desk.lab.open(desk.page, 'work.ipynb');
  });
  afterEach(() => desk.lab.tidy());
  after(() => desk?.leave());

  const go = (name: 'first' | 'second') => writeFile(path(name), '');
  const toasts = () => desk.page.locator('.Toastify__toast').allTextContents();
  /** Waits until a cell's prompt and outputs, as JSON, are so. */
  const shows = async (name: Name, words: RegExp) => {
    const shown = ([at, source]: readonly [number, string]) => {
      const { content } = window.jupyterapp?.shell.currentWidget ?? {};
      const { model, prompt } = content?.widgets[at] ?? {};
      const all = JSON.stringify([prompt, model?.outputs?.toJSON()]).replace(/"image.*?"}/g, '');
      return RegExp(source).test(all) ? all : undefined;
    };
    const { page } = notebook;
    const at = NAMES.indexOf(name);
    await page.waitForFunction(shown, [at, words.source] as const).catch(() => {});
    match((await page.evaluate(shown, [at, ''] as const)) ?? '', words);
  };
  const begin = async (...names: Name[]) => {
    for (const name of names) {
      await notebook.select(CELLS[name]);
      void notebook.command('notebook:run-cell').catch(() => {});
    }
  };
  /** Closes the browser's tab, or leaves it as a crash does. */
  const close = async () => {
    const browser = desk.page.context();
    await desk.page.close();
    desk.page = await browser.newPage();
  };
  /** Runs cells, and leaves the notebook as it is saved once the first of them has printed. */
  const leave = async (names: readonly Name[], by = close) => {
    await begin('prepare', 'prints', ...names);
    await shows('prints', /begun/);
    await notebook.command('docmanager:save');
    await by();
  };
  const told = (words: RegExp) =>
    desk.page.locator('.Toastify__toast', { hasText: words }).waitFor();
  const open = async (file = 'work.ipynb') => {
    await desk.page.goto('about:blank');
    notebook = await desk.lab.visit(desk.page, file);
  };

  it('shows what has come meanwhile, and what comes then', async () => {
    await leave(['queued', 'fails', 'dropped']);
    await open();
    await shows('prints', /^\["\*".*begun/);
    await shows('queued', /^\["\*",\[\]/);
    await go('first');
    await shows('prints', /^\["2".*begun\\nwent on.*the value/);
    await notebook.cell('historyCurves({').locator('.js-plotly-plot .main-svg').first().waitFor();
    await go('second');
    await shows('queued', /^\["3".*\[ 1, 2 \]/);
    await shows('fails', /^\["4".*too far/);
    await shows('dropped', /^\["",\[\]/);
    await notebook.idle();
    deepEqual(await toasts(), []);
  });

  it('shows what has ended meanwhile, saves it, and goes on with the variables', async () => {
    await leave(['queued', 'fails', 'dropped']);
    await Promise.all([go('first'), go('second')]);
    await open();
    await shows('prints', /^\["2".*begun\\nwent on.*the value/);
    await shows('fails', /^\["4".*too far/);
    await shows('dropped', /^\["",\[\]/);
    await notebook.command('docmanager:save');
    const { cells } = await readNotebook(path('work.ipynb'));
    match(JSON.stringify(cells[1]), RegExp(PLOTLY.replace(/[+.]/g, '\\$&')));
    await notebook.run('typeof until');
    deepEqual(await toasts(), []);
  });

  it('shows it also where only the notebook was closed, and goes on after it', async () => {
    await leave(['queued'], () => notebook.command('application:close'));
    await notebook.command('docmanager:open', { path: 'work.ipynb' });
    await shows('prints', /^\["\*".*begun/);
    await go('first');
    await shows('prints', /^\["2".*the value/);
    await begin('prints'); // behind the one that waits
    await go('second');
    await shows('prints', /^\["4".*the value/);
    deepEqual(await toasts(), []);
  });

  it('brings back nothing that the learner has cleared, or that another page or notebook shows', async () => {
    await begin('prepare', 'queued');
    await go('second');
    await shows('queued', /^\["2".*1, 2/);
    await notebook.command('notebook:clear-all-cell-outputs');
    await sleep(3_000);
    await notebook.command('docmanager:save');
    await close();
    await open();
    await notebook.ready();
    await begin('prints');
    await shows('prints', /^\["\*".*begun/);
    await notebook.command('docmanager:save');
    const mine = notebook;
    const other = await desk.browser.newPage();
    for (const file of ['work.ipynb', 'other.ipynb']) {
      notebook = await desk.lab.visit(other, file);
      await shows('queued', /^\["",\[\]\]/);
      await other.waitForFunction(
        () =>
          window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status !==
          'unknown',
      );
      await sleep(3_000);
      await shows('prints', file === 'work.ipynb' ? /^\["".*begun/ : /^\["",\[\]\]/);
    }
    deepEqual(await other.locator('.Toastify__toast').allTextContents(), []);
    await other.close();
    notebook = mine;
    await go('first');
    await shows('prints', /the value/);
    deepEqual(await toasts(), []);
  });

  it('is told of once, and alone, where the kernel has been restarted meanwhile', async () => {
    await leave([]);
    await desk.lab.restartKernels();
    await open();
    await told(/Run it again/);
    deepEqual(await toasts(), [
      "“console.log('begun');” was still running when this notebook was closed; its kernel has ended since. Run it again.Go to the Cell",
    ]);
    await desk.page.getByRole('button', { name: 'Go to the Cell' }).click();
    await notebook.page.waitForFunction(
      () => window.jupyterapp.shell.currentWidget.content.activeCellIndex === 1,
    );
    await open();
    await notebook.ready();
    await notebook.run('1');
    deepEqual(await toasts(), []);
  });

  it('is told of where its code was never saved', async () => {
    await notebook.write(1, CELLS.prints.replace('begun', 'changed'));
    await begin('prepare');
    await notebook.select('changed');
    void notebook.command('notebook:run-cell');
    await shows('prints', /changed/);
    await close();
    await open();
    await told(/ran on .* with code that was not saved/);
    await shows('prints', /^\["",\[\]\]/);
  });

  it('is told of where it showed more than is kept', async () => {
    await notebook.write(
      1,
      "await until('first');\nfor (let i = 0; i < 20; i++) console.log('x'.repeat(100_000));",
    );
    await notebook.command('docmanager:save');
    await begin('prepare');
    await notebook.select('100_000');
    void notebook.command('notebook:run-cell');
    await shows('prepare', /^\["1"/);
    await close();
    await go('first');
    await open();
    await told(/showed more .* than is kept/);
    await shows('prints', /x{1000}/);
  });
});
