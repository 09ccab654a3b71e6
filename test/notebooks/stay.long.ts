/** JupyterLab and its kernel for as long as a learner stays, on a server that sleeps, goes and comes back. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { joined, readNotebook } from '../../lib/tools/publish/notebook';
import { familyOf, NOISE, processesWith, settledMemory } from '../processes';
import { type Desk, deskAt, type LabNotebook, provideLesson } from './lab';
import { failuresOf } from './notebook-page';

const MINUTE = 60_000; // milliseconds
const IDLE = 10 * MINUTE;
const RUNS = 10;

/** Collects the garbage of the cells' process: what no code can reach any more is released then. */
const COLLECT = `(() => {
  require('node:v8').setFlagsFromString('--expose-gc');
  require('node:vm').runInNewContext('gc')();
})();`;

describe('a learner who stays in JupyterLab', () => {
  const file = 'lesson.en.ipynb';
  let desk: Desk;
  let notebook: LabNotebook;
  before(async () => {
    desk = await deskAt(1440, 900);
    await provideLesson(desk.lab, 'en');
    notebook = await desk.lab.open(desk.page, file);
  });
  after(() => desk?.leave());

  const notebooks = async () =>
    (await readdir(desk.lab.folder)).filter(name => name.endsWith('.ipynb')).sort();
  /** The source of a cell of a notebook as it is saved. */
  const cellOf = async (name: string, at: number) => {
    const { cells } = await readNotebook(join(desk.lab.folder, name));
    return joined(cells[at]?.source ?? '');
  };
  const notices = () => desk.page.locator('.Toastify__toast, .jp-Dialog').allTextContents();

  /** What the kernel says to code that is in no cell. */
  const ask = (code: string) =>
    desk.page.evaluate(async code => {
      const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext
        .session as unknown as {
        kernel: { requestExecute(content: object): { done: Promise<unknown>; onIOPub: unknown } };
      };
      const future = kernel.requestExecute({ code, store_history: false });
      let text = '';
      future.onIOPub = ({ content }: { content: { text?: string } }) => {
        text += content.text ?? '';
      };
      await future.done;
      return text.trim();
    }, code);

  /** The memory of the kernel's processes in MB (PSS), once it no longer shrinks. */
  async function settled(): Promise<number> {
    const id = await desk.page.evaluate(
      () => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.id,
    );
    return settledMemory(
      () => ask(COLLECT),
      () => processesWith(`kernel-${id}`).flatMap(familyOf),
    );
  }

  const tensors = async () => Number(await ask('console.log(tf.memory().numTensors)'));

  it('is told nothing in ten idle minutes, and loses nothing', async () => {
    await notebook.write(3, '// mine');
    await sleep(IDLE);
    equal(await cellOf(file, 3), '// mine'); // saved by itself
    equal((await notebook.run('1 + 1')).text, '2\n');
    deepEqual(await notices(), []);
  });

  it(`runs all cells ${RUNS} times, with no more tensors and memory than after twice`, async () => {
    const memories: number[] = [];
    const counts: number[] = [];
    for (let run = 1; run <= RUNS; run++) {
      deepEqual(failuresOf(await notebook.runAll()), []);
      memories.push(await settled());
      counts.push(await tensors());
      console.log(`      run ${run}: ${memories.at(-1)?.toFixed(0)} MB, ${counts.at(-1)} tensors`);
    }
    // What no code can reach is released some time later.
    ok(Math.min(...counts.slice(-3)) <= Math.max(...counts.slice(0, 2)), counts.join(' '));
    ok((memories.at(-1) ?? 0) <= NOISE * (memories[1] ?? 0), memories.map(Math.round).join(' '));
    deepEqual(await notices(), []);
  });

  it('goes on where the server sleeps, and where it wakes', async () => {
    desk.lab.sleeps(true);
    await sleep(MINUTE);
    desk.lab.sleeps(false);
    equal((await notebook.run('xTrain.shape[0]')).text, '60000\n');
    deepEqual(await notices(), []);
  });

  it('keeps its variables under another name; saved as another, it leaves a copy behind', async () => {
    const rename = (name: string) =>
      desk.page.evaluate(name => window.jupyterapp.shell.currentWidget.context.rename(name), name);
    await rename('mine.ipynb');
    equal((await notebook.run('xTrain.shape[0]')).text, '60000\n');
    await notebook.command('docmanager:save');
    deepEqual(await notebooks(), ['mine.ipynb']);

    void notebook.command('docmanager:save-as');
    await desk.page.locator('.jp-Dialog input').fill('again.ipynb');
    await desk.page.locator('.jp-Dialog .jp-mod-accept').click();
    await notebook.shows('again.ipynb');
    equal((await notebook.run('1 + 1')).text, '2\n');
    await notebook.command('docmanager:save');
    deepEqual(await notebooks(), ['again.ipynb', 'mine.ipynb']);
    equal(await cellOf('mine.ipynb', 3), '// mine');
    await rename(file);
    await notebook.shows(file);
  });

  it('asks whose changes stay where two browsers have changed one notebook', async () => {
    const other = await desk.lab.open(await (await desk.browser.newContext()).newPage(), file);
    await other.write(4, '// theirs');
    await other.command('docmanager:save');
    await notebook.write(5, '// ours');
    void notebook.command('docmanager:save');
    const dialog = desk.page.locator('.jp-Dialog', { hasText: /changed on disk/ });
    await dialog.waitFor({ timeout: MINUTE });
    equal(await cellOf(file, 4), '// theirs');
    await dialog.getByRole('button', { name: /Revert/ }).click();
    await desk.page.waitForFunction(
      () =>
        window.jupyterapp.shell.currentWidget.content.widgets[4]?.model.sharedModel.getSource() ===
        '// theirs',
    );
    await other.page.context().close();
  });

  it('has lost nothing of what was written while the server was gone', async () => {
    await desk.lab.stop();
    await notebook.write(5, '// written meanwhile');
    await sleep(MINUTE);
    await desk.lab.startAgain();
    // JupyterLab says that the server was gone, which is true.
    for (const dialog of await desk.page.locator('.jp-Dialog .jp-mod-accept').all()) {
      await dialog.click();
    }
    await notebook.command('docmanager:save');
    equal(await cellOf(file, 5), '// written meanwhile');
    notebook = await desk.lab.open(desk.page, file);
    equal((await notebook.run('1 + 1')).text, '2\n');
  });
});
