/** Measures the lesson in the browser: the site, a Chromium, and nothing installed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Language } from '../project/failure.mjs';
import { freePort } from '../project/free-port';
import { pythonEnvironment } from '../project/paths';
import { buildSite, siteFolder } from '../site/build';
import { isFresh } from '../site/fresh';
import { startServer } from '../site/server';
import { openLesson, runAll, trainEpoch } from './browser-page';
import { type Timed, Visit } from './browser-visit';
import { undisturbed } from './load';

/** The lesson, opened by a browser that has never seen it, and run; times in seconds, sizes in bytes. */
export interface BrowserRun {
  /** The time from opening until the first cell is shown. */
  readonly cell: number;
  /** The time from opening until the kernel is idle. */
  readonly kernel: number;
  readonly runAll: number;
  /** Processor time of others from opening to the end of Run All. */
  readonly foreign: number;
  readonly disturbed: boolean;
  /** What came over the network meanwhile, compressed. */
  readonly transferred: number;
  /** Private memory of the page's process at the end of Run All; undefined where there is no /proc. */
  readonly memory?: number;
  /** The same, once the browser has collected its garbage by itself. */
  readonly settled?: number;
  /** Epochs after that, on all of MNIST. */
  readonly epochs: readonly Timed<{ readonly seconds: number }>[];
}

export interface BrowserResult {
  readonly name: string;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly runs: readonly BrowserRun[];
  /** Tells why there are no more runs: no browser started, or the page failed. */
  readonly trouble?: string;
}

export interface BrowserPlan {
  /** How often a browser is started anew. */
  readonly turns: number;
  /** Epochs of each. */
  readonly epochs: number;
  /** How often a disturbed opening, or epoch, is taken again. */
  readonly retries: number;
}

/** Chromium collects the garbage of a page about 20 s after its last work. */
const SETTLING = 30_000; // milliseconds

export async function measureBrowser(
  plan: BrowserPlan,
  language: Language,
  say: (line: string) => void,
): Promise<BrowserResult[]> {
  if (!isFresh(siteFolder)) await buildSite(pythonEnvironment(), language);
  const port = await freePort(18_700);
  const server = await startServer(siteFolder, port);
  const title = 'digits · Chromium';
  const versions: Record<string, string> = {};
  const runs: BrowserRun[] = [];
  let trouble: string | undefined;
  try {
    for (let turn = 0; turn < plan.turns; turn++) {
      const { version, ...run } = await measureTurn(port, plan);
      versions.Chromium = version;
      runs.push(run);
      say(`${turn + 1}/${plan.turns} · ${title} · ${lineOf(run)}`);
    }
  } catch (error) {
    // Whatever a browser or its page throws is the trouble of this row; the other parts go on.
    trouble = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
    say(`${title}: ${trouble}`);
  } finally {
    await server.stop();
  }
  return [{ name: 'browser', title, versions, runs, ...(trouble ? { trouble } : {}) }];
}

function lineOf({ cell, kernel, runAll, disturbed, epochs }: BrowserRun): string {
  const marked = (seconds: number, mark: boolean) => seconds.toFixed(2) + (mark ? '*' : '');
  return [
    `first cell ${cell.toFixed(2)}`,
    `kernel ${kernel.toFixed(2)}`,
    `Run All ${marked(runAll, disturbed)}`,
    `epochs ${epochs.map(epoch => marked(epoch.seconds, epoch.disturbed)).join(' ')}`,
  ].join(' · ');
}

async function measureTurn(
  port: number,
  { epochs: count, retries }: BrowserPlan,
): Promise<BrowserRun & { version: string }> {
  let visit = await Visit.begin(port);
  try {
    const { seconds: _, ...opened } = await undisturbed(async again => {
      if (again > 0) {
        await visit.end();
        visit = await Visit.begin(port);
      }
      return visit.timed(() => openAndRun(visit));
    }, retries);
    const memory = await visit.memory();
    await sleep(SETTLING);
    const settled = await visit.memory();
    const epoch = async () => ({ seconds: await trainEpoch(visit.page) });
    const epochs: BrowserRun['epochs'][number][] = [];
    while (epochs.length < count) {
      epochs.push(await undisturbed(() => visit.timed(epoch), retries));
    }
    return { ...opened, memory, settled, epochs, version: visit.version };
  } finally {
    await visit.end();
  }
}

async function openAndRun(visit: Visit) {
  const opened = await openLesson(visit.page, visit.site);
  const ran = await runAll(visit.page);
  const { transferred } = visit;
  return { ...opened, runAll: ran, transferred, seconds: opened.kernel + ran };
}
