/** Measures the rows against each other: epoch by epoch, each row in turn. */
import { machineTime, undisturbed } from './load';
import type { Row } from './rows';
import { median } from './statistics';
import { type Logs, type Measured, PeerError, Worker } from './worker';

/** The epochs of one process of a row. */
export interface Trained {
  /** The first epoch, with all that comes before it: recording or compiling. */
  readonly first: Measured;
  /** The epochs after it. */
  readonly steady: readonly Measured[];
  /** The first five epochs together, in seconds; undefined where there were fewer. */
  readonly five: number | undefined;
  /** The most memory that it held, in bytes. */
  readonly peak: number;
  /** What a reader should know of how it trained. */
  readonly note?: string;
  /** Of the fifth epoch that it trained, or of the last one where there were fewer. */
  readonly logs: Partial<Logs>;
  /** The loss of each epoch that it trained, those included that were taken again. */
  readonly losses: readonly number[];
}

export interface RowResult {
  readonly name: string;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly processes: readonly Trained[];
  /** Tells why there are no results: the peer ended, or this machine cannot run it. */
  readonly trouble?: string;
}

export interface EpochPlan {
  /** How often all rows are started anew. */
  readonly turns: number;
  /** Epochs of each process, the first included. */
  readonly epochs: number;
  /**
   * Seconds after which a turn ends with fewer epochs, three at least; a row that has trained as long
   * by itself ends alone, and its first epoch is taken for a steady one where there is no other.
   */
  readonly seconds?: number;
  /** How often a disturbed epoch is taken again, before it is kept with a mark. */
  readonly retries: number;
}

type Say = (line: string) => void;

/** A first epoch, and two whose median is that of steady epochs. */
const FEWEST = 3;

/** A row's process while it runs. */
interface Running {
  readonly row: Row;
  worker: Worker;
  first?: Measured;
  readonly steady: Measured[];
  /** All epochs that it trained, those included that were taken again. */
  readonly trained: Measured[];
}

/**
 * Runs the rows by turns. In a turn each row has its processes, all of them alive at once, and they
 * train one epoch after the other, row by row, so that what the machine does meanwhile meets all.
 *
 * @param problem what each peer is told to train, as JSON.
 * @param readTime tells how busy the machine is, before and after each epoch.
 */
export async function measureEpochs(
  rows: readonly Row[],
  problem: object,
  plan: EpochPlan,
  say: Say,
  readTime = machineTime,
): Promise<RowResult[]> {
  const start = ({ command }: Row): Promise<Worker> => {
    if (!command) throw new PeerError('not on this machine');
    return Worker.start(command, problem, readTime);
  };
  const results = new Map(rows.map(row => [row, { versions: {}, processes: [] as Trained[] }]));
  const troubles = new Map<Row, string>();
  for (const row of rows) {
    if (!row.command) troubles.set(row, 'not on this machine');
  }
  const attempt = async (row: Row, work: () => Promise<void>) => {
    if (troubles.has(row)) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
      troubles.set(row, error.message);
      say(`${row.title}: ${error.message}`);
    }
  };

  for (let turn = 0; turn < plan.turns; turn++) {
    const started: (Running | undefined)[] = [];
    const processes = rows.flatMap(row => Array.from({ length: row.processes ?? 1 }, () => row));
    try {
      await Promise.all(
        processes.map((row, i) =>
          attempt(row, async () => {
            const worker = await start(row);
            Object.assign(results.get(row)?.versions ?? {}, worker.versions);
            started[i] = { row, worker, steady: [], trained: [] };
          }),
        ),
      );
      const running = started.flatMap(each => each ?? []);
      const began = performance.now();
      const most = plan.seconds ?? Number.POSITIVE_INFINITY;
      const isOver = (epoch: number) =>
        epoch >= FEWEST && (performance.now() - began) / 1000 > most;
      const isTired = ({ trained }: Running) =>
        trained.reduce((sum, { seconds }) => sum + seconds, 0) > most;
      for (let epoch = 0; epoch < plan.epochs && !isOver(epoch); epoch++) {
        const shown: string[] = [];
        for (const each of rotated(running, epoch + turn)) {
          if (isTired(each)) continue;
          await attempt(each.row, async () => {
            const measured =
              epoch === 0
                ? await firstEpoch(each, start, plan.retries)
                : await steadyEpoch(each, plan.retries);
            const mark = measured.disturbed ? '*' : '';
            shown.push(`${each.row.name} ${measured.seconds.toFixed(3)}${mark}`);
          });
        }
        say(`${turn + 1}/${plan.turns} · epoch ${epoch + 1}/${plan.epochs} · ${shown.join(' · ')}`);
      }
      for (const each of running) {
        await attempt(each.row, async () => {
          results.get(each.row)?.processes.push(await finish(each, isTired(each)));
        });
      }
    } finally {
      for (const each of started) each?.worker.kill();
    }
  }
  return rows.map(row => {
    const { name, title } = row;
    const { versions = {}, processes = [] } = results.get(row) ?? {};
    const trouble = troubles.get(row);
    return { name, title, versions, processes, ...(trouble ? { trouble } : {}) };
  });
}

/** Begins at another row each time, so that none always follows the same one. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** A process has only one first epoch: a disturbed one is taken again by another process. */
async function firstEpoch(
  each: Running,
  start: (row: Row) => Promise<Worker>,
  retries: number,
): Promise<Measured> {
  const first = await undisturbed(async again => {
    if (again > 0) {
      each.worker.kill();
      each.worker = await start(each.row);
    }
    return each.worker.epoch();
  }, retries);
  each.first = first;
  each.trained.push(first);
  return first;
}

async function steadyEpoch(each: Running, retries: number): Promise<Measured> {
  const steady = await undisturbed(async () => {
    const measured = await each.worker.epoch();
    each.trained.push(measured);
    return measured;
  }, retries);
  each.steady.push(steady);
  return steady;
}

async function finish(
  { worker, first, steady, trained }: Running,
  slow: boolean,
): Promise<Trained> {
  const last = await worker.end();
  if (!first) throw new PeerError('Expected an epoch but there was none');
  if (slow && steady.length === 0) steady.push(first);
  const next = steady.slice(0, 4);
  const five = next.length < 4 ? undefined : [first, ...next].reduce((s, e) => s + e.seconds, 0);
  return {
    ...{ first, steady, five, ...last },
    logs: (trained[4] ?? trained.at(-1) ?? first).logs,
    losses: trained.map(({ logs }) => logs.loss),
  };
}

/** Returns the median of each process's steady epochs, in seconds, ascending. */
export function processMedians({ processes }: RowResult): number[] {
  return processes
    .filter(({ steady }) => steady.length > 0)
    .map(({ steady }) => median(steady.map(({ seconds }) => seconds)))
    .sort((a, b) => a - b);
}

/** Returns all steady epochs of a row, in seconds. */
export const steadySeconds = ({ processes }: RowResult): number[] =>
  processes.flatMap(({ steady }) => steady.map(({ seconds }) => seconds));

/** Returns the rows that trained to the end, the fastest first. */
export const finishedRows = (rows: readonly RowResult[]): RowResult[] =>
  rows
    .filter(row => !row.trouble && steadySeconds(row).length > 0)
    .sort((a, b) => median(steadySeconds(a)) - median(steadySeconds(b)));

/** Returns the first epochs of a row's processes, in seconds. */
export const firstSeconds = ({ processes }: RowResult): number[] =>
  processes.map(({ first }) => first.seconds);

/** Finds a row that trained to the end. */
export const finished = (rows: readonly RowResult[], name: string): RowResult | undefined =>
  rows.find(row => row.name === name && !row.trouble);
