/** The cells of `cells/*.yml`, and who runs them: the installed kernel, and the worker in each browser. */
import { deepEqual } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse } from 'yaml';
import { projectRoot } from '../../lib/tools/project/paths';
import { sharedBrowser } from '../browser';
import { engines } from '../engines';
import { readText } from '../texts';
import { type AnyPage, kernelFiles, WorkerPage } from './browser/worker-page';
import { Kernel } from './kernel';

/** What a cell shows: everywhere, or by host, of which `browsers` are all but the installed kernel. */
type Shown = string | Readonly<Record<string, string>>;

/** A few cells, one after the other, which use no name of another session. */
export interface Session {
  readonly title: string;
  readonly cells: readonly (readonly [code: string, shown: Shown])[];
}

const FOLDER = 'kernel/cells';

/** The sessions by the names of their files. All that stands in these is text. */
export const themes: Readonly<Record<string, readonly Session[]>> = Object.fromEntries(
  readdirSync(join(projectRoot, 'test', FOLDER)).map(file => {
    const read: Record<string, Record<string, Shown>[]> = parse(
      readText(`test/${FOLDER}/${file}`),
      {
        schema: 'failsafe',
      },
    );
    const sessions = Object.entries(read).map(([title, cells]) => ({
      title,
      cells: cells.flatMap(cell => Object.entries(cell)),
    }));
    return [file.replace('.yml', ''), sessions];
  }),
);

/** Returns what a cell is to show on a host. */
const shownOn = (host: string, shown: Shown): string =>
  typeof shown === 'string'
    ? shown
    : (shown[host] ?? shown[host === 'installed' ? host : 'browsers'] ?? '');

/** Runs cells in one kernel, and returns what a learner reads of each. */
type RunCell = (code: string) => Promise<string>;

export interface Host {
  readonly name: string;
  /** Names what this machine lacks for it, if anything. */
  readonly missing?: string | undefined;
  open(): Promise<{ run: RunCell; close(): Promise<void> }>;
}

async function inPage(page: AnyPage): Promise<RunCell> {
  const worker = await WorkerPage.open(page, await kernelFiles());
  await worker.untilChecked();
  return async code => (await worker.run(code)).shown;
}

/** Those of `npm test`. */
export const hosts: readonly Host[] = [
  {
    name: 'installed',
    async open() {
      const { kernel, client } = await Kernel.start();
      const run: RunCell = async code => (await client.result(code)).printed;
      return { run, close: () => kernel.stop() };
    },
  },
  {
    name: 'Chromium',
    async open() {
      const page = await (await sharedBrowser()).newPage();
      return { run: await inPage(page), close: () => page.close() };
    },
  },
];

/** The other engines, which run the same in the slow tests. */
export const otherHosts: readonly Host[] = engines
  .filter(({ name }) => name !== 'Chromium')
  .map(({ name, missing, open }) => ({
    ...{ name, missing },
    async open() {
      const page = await open();
      return { run: await inPage(page), close: () => page.close() };
    },
  }));

/** Tells whether a host can show what a file promises: what its name says is needed. */
function canShow(host: Host, theme: string): boolean {
  const [, node = 0] = /^node-(\d+)$/.exec(theme) ?? [];
  return host.name !== 'installed' || Number.parseInt(process.versions.node, 10) >= Number(node);
}

/** Runs all that a host can show; returns what each session showed, by theme and title. */
async function runOn(host: Host): Promise<Map<Session, readonly string[]>> {
  const { run, close } = await host.open();
  const shown = new Map<Session, string[]>();
  let count = 0;
  try {
    for (const [theme, sessions] of Object.entries(themes)) {
      if (!canShow(host, theme)) continue;
      for (const session of sessions) {
        const first = count;
        const texts: string[] = [];
        for (const [code] of session.cells) {
          count++;
          texts.push(alike(await run(code), first));
        }
        shown.set(session, texts);
      }
    }
  } finally {
    await close();
  }
  return shown;
}

/** Expects a host to show what the files promise. */
export function describeHost(host: Host): void {
  describe(`Cells on ${host.name}`, () => {
    let shown: ReadonlyMap<Session, readonly string[]>;
    before(async function () {
      this.timeout(600_000);
      if (host.missing) {
        console.log(`    skipped: ${host.name} needs ${host.missing}`);
        this.skip();
      }
      shown = await runOn(host);
    });

    for (const [theme, sessions] of Object.entries(themes)) {
      if (!canShow(host, theme)) continue;
      for (const session of sessions) {
        it(`${theme}: ${session.title}`, () => {
          const codes = session.cells.map(([code]) => code);
          deepEqual(
            codes.map((code, i) => [code, shown.get(session)?.[i]]),
            session.cells.map(([code, expected]) => [code, shownOn(host.name, expected)]),
          );
        });
      }
    }
  });
}

/** Leaves out what depends on the moment and the machine: numbers of cells count from the session's first. */
const alike = (text: string, first: number): string =>
  stripVTControlCharacters(text)
    .trimEnd()
    .replace(/cell \[(\d+)\]/g, (_, count) => `cell [${count - first}]`)
    .replace(/\b[\d.]+ms\b/g, '0ms');
