// run: long
/** JupyterLab, the server and the kernel during a learner's long stay: no leaks, and no losses. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

const RUNS = 20;
const EDITS = 50;
const RESTARTS = 10;

/** Collects the garbage of the cells' process: unreachable objects are released. */
const COLLECT = `(() => {
  require('node:v8').setFlagsFromString('--expose-gc');
  require('node:vm').runInNewContext('gc')();
})();`;

describe('a learner who stays in JupyterLab', () => {
  const file = 'lesson.en.ipynb';
  let desk: Desk;
  let notebook: LabNotebook;
  /** Where the cell stands that these tests write. */
  let loadAlone = 0;
  before(async () => {
    desk = await deskAt(1440, 900);
    await provideLesson(desk.lab, 'en');
    notebook = await desk.lab.open(desk.page, file);
    loadAlone = await notebook.begin('');
  });
  after(() => desk?.leave());

  const notices = () => desk.page.locator('.Toastify__toast, .jp-Dialog').allTextContents();

  /** Returns the kernel's result for code outside a cell. */
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

  /** The memory of the kernel's processes in MB (PSS), after shrinking has stopped. */
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

  /** Measures that may grow: of the server, the kernels and the page. */
  async function ledger(): Promise<Record<string, number>> {
    const devtools = await desk.page.context().newCDPSession(desk.page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Performance.enable');
    const { metrics } = await devtools.send('Performance.getMetrics');
    await devtools.detach();
    const ofPage = (name: string) => metrics.find(metric => metric.name === name)?.value ?? 0;
    const folder = join(desk.lab.folder, '..');
    const files = async (name: string) =>
      (await readdir(join(folder, name), { recursive: true }).catch(() => [])).length;
    return {
      'kernel, MB': await settled(),
      'server, MB': memoryOf(desk.lab.processes()[0] ?? 0),
      ...heldBy(desk.lab.processes()),
      'files at run time': await files('runtime'),
      'temporary files': await files('tmp'),
      // Without lines about the end of the server.
      'lines of the log': (await readFile(join(folder, 'lab.log'), 'utf8'))
        .split('\n')
        .filter(line => !line.includes('received signal')).length,
      'heap of the page, MB': ofPage('JSHeapUsedSize') / 1e6,
      'nodes of the page, in thousands': ofPage('Nodes') / 1e3,
      'listeners of the page, in thousands': ofPage('JSEventListeners') / 1e3,
    };
  }

  /** Repeats an action; no measure may be larger after the last repetition than after a quarter. */
  async function nothingGrows(times: number, work: (time: number) => Promise<unknown>) {
    let sizesBefore: Record<string, number> = {};
    for (let time = 1; time <= times; time++) {
      await work(time);
      if (time === Math.ceil(times / 4)) sizesBefore = await ledger();
    }
    const after = await ledger();
    console.log(`      ${JSON.stringify([sizesBefore, after])}`);
    deepEqual(grown(sizesBefore, after), []);
    deepEqual(await notices(), []);
  }

  it(`runs all cells ${RUNS} times, and nothing grows`, async () => {
    const counts: number[] = [];
    await nothingGrows(RUNS, async () => {
      deepEqual(failuresOf(await notebook.runAll()), []);
      await ask(COLLECT);
      counts.push(await tensors());
    });
    // Unreachable objects are released later.
    ok(Math.min(...counts.slice(-3)) <= Math.max(...counts.slice(0, 2)), counts.join(' '));
  });

  it(`edits a cell and runs it ${EDITS} times, in both languages, and nothing grows`, async () => {
    await nothingGrows(EDITS, async time => {
      const language = time % 2 ? 'zh' : 'en';
      await notebook.write(
        loadAlone,
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
      match((await notebook.shown(loadAlone)).text, RegExp(`\\b${time}\\n$`));
    });
    equal(await ask('console.log(edited1.isDisposed)'), 'true');
  });

  it(`restarts the kernel and the server ${RESTARTS} times: no process of before is left, no text is lost, and nothing grows`, async () => {
    const code = (time: number) => `import * as tf from '@tensorflow/tfjs';
tf.fill([1_000, 1_000], ${time}).min().dataSync()[0]`;
    const runs = async (time: number) => {
      await notebook.runCell(code(time));
      await notebook.idle();
      match((await notebook.shown(loadAlone)).text, RegExp(`\\b${time}\\n$`));
    };
    await nothingGrows(RESTARTS, async time => {
      await notebook.write(loadAlone, code(time));
      const [, ...kernels] = desk.lab.processes();
      void notebook.command('kernelmenu:restart');
      await desk.page.locator('.jp-Dialog .jp-mod-accept').click();
      await notebook.idle();
      desk.lab.sleeps(true);
      await sleep(10_000);
      desk.lab.sleeps(false);
      await runs(time);
      const restarted = desk.lab.processes();
      deepEqual(
        kernels.filter(pid => restarted.includes(pid)),
        [],
      );
      await desk.lab.stop();
      while (restarted.some(commandOf)) await sleep(100);
      await notebook.write(5, `// written without a server: ${time}`);
      await desk.lab.startAgain();
      // JupyterLab reports the lost server.
      for (const dialog of await desk.page.locator('.jp-Dialog .jp-mod-accept').all()) {
        await dialog.click();
      }
      await notebook.command('docmanager:save');
      notebook = await desk.lab.open(desk.page, file);
      equal(await notebook.source(5), `// written without a server: ${time}`);
      await runs(time);
    });
  });
});
