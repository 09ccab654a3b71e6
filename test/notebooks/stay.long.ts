/** JupyterLab and its kernel for as long as a learner stays, on a server that sleeps, goes and comes back. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { joined, readNotebook } from '../../lib/tools/publish/notebook';
import {
  commandOf,
  familyOf,
  grown,
  heldBy,
  memoryOf,
  processesWith,
  settledMemory,
} from '../processes';
import { type Desk, deskAt, type LabNotebook, provideLesson } from './lab';
import { failuresOf } from './notebook-page';

const MINUTE = 60_000; // milliseconds
const IDLE = 10 * MINUTE;
const RUNS = 20;
const EDITS = 50;
const KERNELS = 10;
const SERVERS = 5;

/** Collects the garbage of the cells' process: what no code can reach any more is released then. */
const COLLECT = `(() => {
  require('node:v8').setFlagsFromString('--expose-gc');
  require('node:vm').runInNewContext('gc')();
})();`;

/** A cell of one tensor, which it says. */
const TENSORS = `import * as tf from '@tensorflow/tfjs';
tf.fill([1_000, 1_000], 1).min().dataSync()[0]`;

describe('a learner who stays in JupyterLab', () => {
  const file = 'lesson.en.ipynb';
  let desk: Desk;
  let notebook: LabNotebook;
  /** Where the cell stands that these tests write. */
  let own = 0;
  before(async () => {
    desk = await deskAt(1440, 900);
    await provideLesson(desk.lab, 'en');
    notebook = await desk.lab.open(desk.page, file);
    own = await notebook.begin('');
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

  /** What may grow: of the server, its kernels and the page. */
  async function ledger(): Promise<Record<string, number>> {
    const devtools = await desk.page.context().newCDPSession(desk.page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Performance.enable');
    const { metrics } = await devtools.send('Performance.getMetrics');
    await devtools.detach();
    const ofPage = (name: string) => metrics.find(each => each.name === name)?.value ?? 0;
    const place = join(desk.lab.folder, '..');
    const files = async (name: string) =>
      (await readdir(join(place, name), { recursive: true }).catch(() => [])).length;
    return {
      'kernel, MB': await settled(),
      'server, MB': memoryOf(desk.lab.processes()[0] ?? 0),
      ...heldBy(desk.lab.processes()),
      'files at run time': await files('runtime'),
      'temporary files': await files('tmp'),
      // But for those that tell of its end.
      'lines of the log': (await readFile(join(place, 'lab.log'), 'utf8'))
        .split('\n')
        .filter(line => !line.includes('received signal')).length,
      'heap of the page, MB': ofPage('JSHeapUsedSize') / 1e6,
      'nodes of the page, in thousands': ofPage('Nodes') / 1e3,
      'listeners of the page, in thousands': ofPage('JSEventListeners') / 1e3,
    };
  }

  /** Does something again and again; nothing is larger behind the last time than behind a quarter of them. */
  async function nothingGrows(times: number, work: (time: number) => Promise<unknown>) {
    let before: Record<string, number> = {};
    for (let time = 1; time <= times; time++) {
      await work(time);
      if (time === Math.ceil(times / 4)) before = await ledger();
    }
    const after = await ledger();
    console.log(`      ${JSON.stringify([before, after])}`);
    deepEqual(grown(before, after), []);
    deepEqual(await notices(), []);
  }

  it('is told nothing in ten idle minutes, and loses nothing', async () => {
    await notebook.write(3, '// mine');
    await sleep(IDLE);
    equal(await cellOf(file, 3), '// mine'); // saved by itself
    equal((await notebook.run('1 + 1')).text, '2\n');
    deepEqual(await notices(), []);
  });

  it(`runs all cells ${RUNS} times, and nothing grows`, async () => {
    const counts: number[] = [];
    await nothingGrows(RUNS, async () => {
      deepEqual(failuresOf(await notebook.runAll()), []);
      await ask(COLLECT);
      counts.push(await tensors());
    });
    // What no code can reach is released some time later.
    ok(Math.min(...counts.slice(-3)) <= Math.max(...counts.slice(0, 2)), counts.join(' '));
  });

  it(`edits a cell and runs it ${EDITS} times, in both languages, and nothing grows`, async () => {
    await nothingGrows(EDITS, async time => {
      const language = time % 2 ? 'zh' : 'en';
      await notebook.write(
        own,
        `import { setLanguage } from 'digits';
setLanguage('${language}');
const edited${time} = tf.fill([1_000, 1_000], ${time});
class Edited { readonly time = ${time}; }
display(figures.historyCurves({ loss: [${time}, 1] }));
tf.dispose(edited${time});
new Edited().time`,
      );
      await notebook.runCell(`edited${time} = `);
      await notebook.idle();
      match((await notebook.shown(own)).text, RegExp(`\\b${time}\\n$`));
    });
    equal(await ask('console.log(edited1.isDisposed)'), 'true');
  });

  it(`restarts the kernel ${KERNELS} times, and nothing is left of the former ones`, async () => {
    await notebook.write(own, TENSORS);
    let former = desk.lab.processes().slice(1);
    await nothingGrows(KERNELS, async () => {
      void notebook.command('kernelmenu:restart');
      await desk.page.locator('.jp-Dialog .jp-mod-accept').click();
      await notebook.idle();
      await notebook.runCell(TENSORS);
      await notebook.idle();
      match((await notebook.shown(own)).text, /1\n$/);
      const now = desk.lab.processes();
      deepEqual(
        former.filter(pid => now.includes(pid)),
        [],
      );
      former = now.slice(1);
    });
    deepEqual(failuresOf(await notebook.runAll()), []); // for what comes behind
  });

  it('goes on where the server sleeps, and where it wakes', async () => {
    desk.lab.sleeps(true);
    await sleep(MINUTE);
    desk.lab.sleeps(false);
    equal((await notebook.run('xTrain.shape[0]')).text, '60000\n');
    deepEqual(await notices(), []);
  });

  it('keeps its variables under another name; saved as another, it leaves a copy behind', async () => {
    await notebook.write(3, '// mine');
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

  it(`finds all again though the server is started anew ${SERVERS} times, and nothing grows`, async () => {
    await nothingGrows(SERVERS, async time => {
      await notebook.write(own, `${TENSORS} + ${time} - ${time}`);
      await notebook.command('docmanager:save');
      const former = desk.lab.processes();
      await desk.lab.stop();
      while (former.some(commandOf)) await sleep(100);
      await desk.lab.startAgain();
      notebook = await desk.lab.open(desk.page, file);
      equal(await notebook.source(own), `${TENSORS} + ${time} - ${time}`);
      await notebook.runCell(TENSORS);
      await notebook.idle();
      match((await notebook.shown(own)).text, /1\n$/);
    });
  });

  it('says that the disk is full, loses nothing that was saved, and saves once there is room', async function () {
    const small = join(desk.lab.folder, 'small');
    await mkdir(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', small]).status) this.skip();
    try {
      await copyFile(join(desk.lab.folder, file), join(small, 'kept.ipynb'));
      notebook = await desk.lab.open(desk.page, 'small/kept.ipynb');
      const filler = join(small, 'filler');
      for (const room of [0, 200_000]) {
        await notebook.write(4, `// saved with ${room}`);
        await notebook.command('docmanager:save');
        spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k']);
        await truncate(filler, (await stat(filler)).size - room);
        await notebook.write(4, `// written with ${room}`.repeat(20_000));
        void notebook.command('docmanager:save').catch(() => {});
        const dialog = desk.page.locator('.jp-Dialog', { hasText: /No space left on device/ });
        await dialog.getByRole('button', { name: 'Close' }).click();
        equal(await cellOf('small/kept.ipynb', 4), `// saved with ${room}`);
        await rm(filler);
        await notebook.command('docmanager:save');
        match(await cellOf('small/kept.ipynb', 4), RegExp(`^// written with ${room}`));
      }
      // Else the server would hold the disk.
      notebook = await desk.lab.open(desk.page, file);
      await desk.lab.endKernels();
    } finally {
      spawnSync('umount', ['--lazy', small]);
    }
  });

  it('runs and saves where the folder of temporary files is full', async function () {
    const folder = join(desk.lab.folder, '..', 'tmp');
    const options = ['-o', 'size=16k,nr_inodes=2', 'tmpfs', folder];
    if (spawnSync('mount', ['-t', 'tmpfs', ...options]).status) this.skip();
    try {
      spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1k']);
      notebook = await desk.lab.open(desk.page, file);
      deepEqual(failuresOf(await notebook.runAll()), []);
      await notebook.write(4, '// saved nevertheless');
      await notebook.command('docmanager:save');
      equal(await cellOf(file, 4), '// saved nevertheless');
      deepEqual(await notices(), []);
    } finally {
      spawnSync('umount', ['--lazy', folder]);
    }
  });
});
