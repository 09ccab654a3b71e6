/** The cells of `cells/*.yml`, and the hosts: the installed kernel, and the worker in each browser. */
import { deepEqual, equal } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse } from 'yaml';
import { projectRoot } from '../../lib/command/machine/paths';
import { sharedBrowser } from '../browser';
import { engines } from '../engines';
import { readText } from '../texts';
import { type AnyPage, kernelFiles, PageClient } from './browser/page-client';
import { Client, contentOf, type KernelClient, type Result, readable, textOf } from './client';
import { Kernel } from './kernel';

/** The output of a cell: on all hosts, or by host. `browsers` stands for all hosts except the installed kernel. */
type Shown = string | Readonly<Record<string, string>>;

type Cell = readonly [code: string, shown: Shown];

/**
 * Groups of cells that use no name of another session. The cells of a group are queued at once, and read
 * after the last has ended. ■ is pressed when a cell prints `begun`, or `begun training`.
 */
export interface Session {
  readonly title: string;
  readonly groups: readonly (readonly Cell[])[];
}

const FOLDER = 'kernel/cells';

/** The sessions by file name. All values in the files are text. */
export const themes: Readonly<Record<string, readonly Session[]>> = Object.fromEntries(
  readdirSync(join(projectRoot, 'test', FOLDER)).map(file => {
    const content: Record<string, Record<string, Shown>[]> = parse(
      readText(`test/${FOLDER}/${file}`),
      {
        schema: 'failsafe',
      },
    );
    const sessions = Object.entries(content).map(([title, groups]) => ({
      title,
      groups: groups.map(group => Object.entries(group)),
    }));
    return [file.replace('.yml', ''), sessions];
  }),
);

/** Returns the expected output of a cell on a host. */
const shownOn = (host: string, shown: Shown): string =>
  typeof shown === 'string'
    ? shown
    : (shown[host] ?? shown[host === 'installed' ? host : 'browsers'] ?? '');

/** Stands for the output of a cell that was dropped from the queue. */
const ABORTED = '(aborted)';

export interface Host {
  readonly name: string;
  /** A requirement that this machine lacks, or `undefined`. */
  readonly missing?: string | undefined;
  open(): Promise<{ client: KernelClient; close(): Promise<void> }>;
}

async function inPage(page: AnyPage): Promise<KernelClient> {
  const client = await PageClient.open(page, await kernelFiles());
  await client.untilChecked();
  return client;
}

/**
 * Runs a group of cells, and returns the output of each. A second interrupt shortens the wait for a busy loop, but
 * would break off a training.
 */
async function runGroup(client: KernelClient, codes: readonly string[]): Promise<string[]> {
  const cells = codes.map(code => client.run(code));
  let isDone = false;
  const done = Promise.all(cells.map(cell => cell.result())).finally(() => {
    isDone = true;
  });
  const outputs = () => cells.map(cell => textOf(cell.published, 'stdout')).join('');
  // Nobody looks any more once all have ended.
  const marker = client.until(() => (isDone ? '' : /^begun.*\n/m.exec(outputs())?.[0]));
  const first = await Promise.race([marker, done.then(() => '')]);
  if (first) await client.interrupt();
  if (first === 'begun\n' && client instanceof Client) await client.interrupt();
  const results = await done;
  return results.map((result, i) => {
    checkMessages(result, codes[i] ?? '');
    // The output of a cell so far, also during a later cell.
    const printed = cells[i]?.published.map(readable).join('') ?? '';
    return result.reply.status === 'aborted' ? ABORTED : printed;
  });
}

/** Checks the messages of a cell: order, cell number, code, and equal errors. */
function checkMessages({ reply, published }: Result, code: string): void {
  const { status, execution_count, ename, evalue, traceback } = reply;
  const states = published.flatMap(({ type, content }) => {
    if (type === 'status') return content.execution_state;
    return /^(execute_input|error)$/.test(type) ? type : [];
  });
  const errors = status === 'error' ? ['error'] : [];
  const isAborted = status === 'aborted';
  // `busy` repeats after each other request.
  const changes = states.filter((state, i) => state !== 'busy' || i === 0);
  deepEqual(changes, ['busy', ...(isAborted ? [] : ['execute_input', ...errors]), 'idle']);
  if (isAborted) return;
  deepEqual(contentOf(published, 'execute_input'), { code, execution_count });
  const result = contentOf(published, 'execute_result');
  equal(result.execution_count ?? execution_count, execution_count);
  if (status === 'error') deepEqual(contentOf(published, 'error'), { ename, evalue, traceback });
  else deepEqual(reply, { status, execution_count, payload: [], user_expressions: {} });
}

/** The hosts of `npm test`. */
export const hosts: readonly Host[] = [
  {
    name: 'installed',
    async open() {
      const { kernel, client } = await Kernel.start();
      return { client, close: () => kernel.stop() };
    },
  },
  {
    name: 'Chromium',
    async open() {
      const page = await (await sharedBrowser()).newPage();
      return { client: await inPage(page), close: () => page.close() };
    },
  },
];

/** The other engines. The slow tests run the same cells there. */
export const otherHosts: readonly Host[] = engines
  .filter(({ name }) => name !== 'Chromium')
  .map(({ name, missing, open }) => ({
    ...{ name, missing },
    async open() {
      const page = await open();
      return { client: await inPage(page), close: () => page.close() };
    },
  }));

/** Returns whether a host meets the requirement in a file's name. */
function canShow(host: Host, theme: string): boolean {
  if (theme === 'installed') return host.name === theme;
  const [, node = 0] = /^node-(\d+)$/.exec(theme) ?? [];
  return host.name !== 'installed' || Number.parseInt(process.versions.node, 10) >= Number(node);
}

/** A theme that needs a new kernel, before the choice of TensorFlow.js's engine. */
const FRESH = 'stopping';

/** Runs the supported sessions on a host; returns the outputs of each session. */
async function runOn(host: Host): Promise<Map<Session, readonly string[]>> {
  const outputs = new Map<Session, string[]>();
  const names = Object.keys(themes).filter(theme => canShow(host, theme));
  await runThemes(
    host,
    names.filter(theme => theme !== FRESH),
    outputs,
  );
  await runThemes(host, [FRESH], outputs);
  return outputs;
}

/** Runs themes in sequence in a kernel, and adds the outputs of each session. */
async function runThemes(
  host: Host,
  names: readonly string[],
  shown: Map<Session, readonly string[]>,
): Promise<void> {
  const { client, close } = await host.open();
  let count = 0;
  try {
    for (const session of names.flatMap(theme => themes[theme] ?? [])) {
      const first = count;
      const texts: string[] = [];
      for (const group of session.groups) {
        const codes = group.map(([code]) => code);
        const outputs = await runGroup(client, codes);
        texts.push(...outputs.map(output => alike(output, first)));
        count += outputs.filter(output => output !== ABORTED).length;
      }
      shown.set(session, texts);
    }
  } finally {
    await close();
  }
}

/** Runs the sessions on all hosts at once, and compares their outputs with the files. */
export function describeHosts(hosts: readonly Host[]): void {
  describe('Cells', () => {
    const runs = new Map<Host, ReturnType<typeof runOn>>();
    before(async function () {
      this.timeout(600_000);
      for (const host of hosts) if (!host.missing) runs.set(host, runOn(host));
      await Promise.allSettled(runs.values());
    });
    for (const host of hosts) describeHost(host, () => runs.get(host));
  });
}

function describeHost(host: Host, runOf: () => ReturnType<typeof runOn> | undefined): void {
  describe(`on ${host.name}`, () => {
    let results: Awaited<ReturnType<typeof runOn>>;
    before(async function () {
      const run = runOf();
      if (run) results = await run;
      else {
        console.log(`    skipped: ${host.name} needs ${host.missing}`);
        this.skip();
      }
    });

    for (const [theme, sessions] of Object.entries(themes)) {
      if (!canShow(host, theme)) continue;
      for (const session of sessions) {
        it(`${theme}: ${session.title}`, () => {
          const cells = session.groups.flat();
          deepEqual(
            cells.map(([code], i) => [code, results.get(session)?.[i]]),
            cells.map(([code, expected]) => [code, shownOn(host.name, expected)]),
          );
        });
      }
    }
  });
}

/** Leaves out what depends on the moment and the machine, such as the line that an interrupt hits and the ids of tensors: numbers of cells count from the session's first. */
const alike = (text: string, first: number): string =>
  stripVTControlCharacters(text)
    .trimEnd()
    .replace(/^(Interrupt: .*)[\s\S]*/m, '$1')
    .replace(/cell \[(\d+)\]/g, (_, count) => `cell [${count - first}]`)
    .replace(/\b[\d.]+ms\b/g, '0ms')
    .replace(/\bid: \d+/g, 'id: 0');
