/** JupyterLab and its kernel for as long as a learner stays, on a server that sleeps, goes and comes back. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
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

  /** The source of a cell as it is saved. */
  const saved = async (at: number) => {
    const { cells } = await readNotebook(join(desk.lab.folder, file));
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
    equal(await saved(3), '// mine'); // saved by itself
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
    equal(await saved(5), '// written meanwhile');
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
});
