/** Measures the lesson in the browser: the site, a Chromium that has never seen it, nothing installed. */
import { stripVTControlCharacters } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../project/free-port';
import { pythonEnvironment } from '../project/paths';
import { startBrowser } from '../publish/browser';
import { buildSite, siteFolder } from '../site/build';
import { isStale } from '../site/check-stale';
import { startServer } from '../site/server';
import { watchMachine } from './load';
import type { Measurement } from './report';

/** The lesson, below the site's address. */
const LESSON = 'en/lab/index.html?path=lesson.en.ipynb';

const GROUPS = ['first cell', 'kernel idle', 'Run All', 'an epoch'] as const;

interface Future {
  onIOPub: (message: { content: { text?: string } }) => void;
  readonly done: Promise<{ content: { status: string; evalue?: string } }>;
}

interface PageWindow {
  readonly jupyterapp?: {
    readonly commands: { execute(id: string): Promise<unknown> };
    readonly shell: {
      readonly currentWidget?: {
        readonly sessionContext?: {
          readonly session?: {
            readonly kernel?: { status: string; requestExecute(content: object): Future };
          };
        };
        readonly content: {
          readonly widgets: {
            readonly model: { readonly outputs?: { toJSON(): Record<string, unknown>[] } };
          }[];
        };
      };
    };
  };
}
declare const window: PageWindow;

/** @param turns visits, each by a browser whose caches are empty. */
export async function measureBrowser(
  turns: number,
  say: (line: string) => void,
): Promise<Measurement[]> {
  if (isStale(siteFolder)) await buildSite(pythonEnvironment());
  const port = await freePort(18_700);
  const server = await startServer(siteFolder, port);
  const results = GROUPS.map(what => ({
    ...{ group: `in the browser: ${what}`, name: 'browser', title: 'ours · Chromium' },
    ...{ seconds: [] as number[], disturbed: 0, versions: {} as Record<string, string> },
    trouble: undefined as string | undefined,
  }));
  try {
    for (let turn = 0; turn < turns; turn++) {
      const { version, disturbed, times } = await visit(`http://127.0.0.1:${port}/`);
      results.forEach((result, i) => {
        result.seconds.push(times[i] as number);
        result.disturbed += Number(disturbed);
        result.versions.Chromium = version;
      });
      say(
        `${turn + 1} · ${GROUPS.map((what, i) => `${what} ${times[i]?.toFixed(2)}`).join(' · ')}`,
      );
    }
  } catch (error) {
    // Whatever a browser or its page throws is the trouble of this row; the other parts go on.
    const trouble = stripVTControlCharacters(
      error instanceof Error ? error.message : String(error),
    );
    for (const result of results) result.trouble = trouble;
    say(`ours · Chromium: ${trouble}`);
  } finally {
    await server.stop();
  }
  return results;
}

async function visit(site: string) {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(300_000);
    const isDisturbed = watchMachine();
    const cpu = await cpuOf(browser);
    const times = [...(await openLesson(page, site)), await runAll(page), await trainEpoch(page)];
    const disturbed = isDisturbed((await cpuOf(browser)) - cpu);
    return { times, disturbed, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** Returns the processor time of all of a browser's processes since they started, in seconds. */
async function cpuOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Opens the lesson; returns the seconds until its first cell is shown, and until its kernel is idle. */
async function openLesson(page: Page, site: string): Promise<[cell: number, kernel: number]> {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  await page.goto(site + LESSON, { waitUntil: 'commit' });
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
  const cell = elapsed();
  await page.waitForFunction(() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === 'idle';
  });
  return [cell, elapsed()];
}

/** Runs all cells, and returns the seconds that it took. */
async function runAll(page: Page): Promise<number> {
  const began = performance.now();
  const error = await page.evaluate(async () => {
    await window.jupyterapp?.commands.execute('runmenu:run-all');
    const { widgets = [] } = window.jupyterapp?.shell.currentWidget?.content ?? {};
    const outputs = widgets.flatMap(({ model }) => model.outputs?.toJSON() ?? []);
    const failed = outputs.find(({ output_type }) => output_type === 'error');
    return failed && `${failed.ename}: ${failed.evalue}`;
  });
  if (error !== undefined) {
    throw new Error(`Expected Run All to succeed but a cell ended: ${error}`);
  }
  return (performance.now() - began) / 1000;
}

/** The code that the notebook's kernel runs, on the variables that the lesson has left. */
// The last of four, as the native row counts its epochs: the first one has the making ready of all.
const EPOCHS = `
let began = 0;
let time = 0;
const onEpochEnd = () => {
  time = performance.now() - began;
  began = performance.now();
};
await digits.fit(model, xTrain, yTrain, {
  batchSize: 64, epochs: 4, validationSplit: 0.2, verbose: 0, callbacks: { onEpochEnd },
});
console.log(time);`;

/**
 * Trains the lesson's model for more epochs, and returns the seconds of the last by the kernel's clock.
 */
async function trainEpoch(page: Page): Promise<number> {
  const printed = await page.evaluate(async code => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    if (!kernel) return 'there is no kernel';
    const future = kernel.requestExecute({ code });
    let text = '';
    future.onIOPub = ({ content }) => {
      text += content.text ?? '';
    };
    const { content } = await future.done;
    return content.status === 'ok' ? text : (content.evalue ?? content.status);
  }, EPOCHS);
  const seconds = Number(printed) / 1000;
  if (!(seconds > 0)) throw new Error(`Expected the time of an epoch but received: ${printed}`);
  return seconds;
}
