/** Measures the rows against each other: epoch by epoch, each row in turn. */
import { type Epoch, type Peer, startPeer } from './peer-process';
import { type Measurement, troubleOf } from './report';
import type { Problem, Row } from './rows';

export interface EpochPlan {
  /** The number of times that all rows are started anew. */
  readonly turns: number;
  /** Epochs of each process, the first included. */
  readonly epochs: number;
  /** Seconds of training after which a process trains no more; unlimited by default. */
  readonly seconds?: number;
}

/**
 * Runs the rows by turns. In a turn each row has its processes, all of them alive at once, and they
 * train one epoch after the other, row by row, so that whatever else the machine does affects all of them.
 */
export async function measureEpochs(
  group: string,
  rows: readonly Row[],
  problem: Problem,
  { turns, epochs, seconds = Number.POSITIVE_INFINITY }: EpochPlan,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const results = new Map(rows.map(row => [row, emptyResult(group, row)]));
  const attempt = async (row: Row, work: (result: Result) => Promise<void>) => {
    const result = results.get(row) as Result;
    if (result.trouble) return;
    try {
      await work(result);
    } catch (error) {
      result.trouble = troubleOf(error);
      say(`${group} · ${row.title}: ${result.trouble}`);
    }
  };

  for (let turn = 0; turn < turns; turn++) {
    const running: { row: Row; peer: Peer; trained: Epoch[] }[] = [];
    const processes = rows.flatMap(row => Array.from({ length: row.processes ?? 1 }, () => row));
    try {
      await Promise.all(
        processes.map(row =>
          attempt(row, async result => {
            if (!row.command) throw new Error('not on this machine');
            const peer = await startPeer(row.command, problem);
            Object.assign(result.versions, (await peer.hear('ready')).versions);
            running.push({ row, peer, trained: [] });
          }),
        ),
      );
      for (let epoch = 0; epoch < epochs; epoch++) {
        const shown: string[] = [];
        // Begins with another row each time, so that none always follows the same one.
        const from = (epoch + turn) % Math.max(running.length, 1);
        for (const { row, peer, trained } of [...running.slice(from), ...running.slice(0, from)]) {
          if (sum(trained) > seconds) continue;
          await attempt(row, async () => {
            peer.tell('go');
            const one = await peer.hear('done');
            trained.push(one);
            shown.push(`${row.name} ${one.seconds.toFixed(3)}`);
          });
        }
        if (shown.length > 0) say(`${group} · ${turn + 1}.${epoch + 1} · ${shown.join(' · ')}`);
      }
      for (const { row, peer, trained } of running) {
        await attempt(row, async result => {
          peer.tell('end');
          const { peak, note } = await peer.hear('end');
          addProcess(result, trained);
          result.peak.push(peak);
          result.note = note;
        });
      }
    } finally {
      for (const { peer } of running) peer.kill();
    }
  }
  return [...results.values()];
}

type Result = ReturnType<typeof emptyResult>;

const emptyResult = (group: string, { name, title }: Row) => ({
  group,
  name,
  title,
  seconds: [] as number[],
  first: [] as number[],
  five: [] as number[],
  peak: [] as number[],
  losses: [] as number[],
  versions: {} as Record<string, string>,
  note: undefined as string | undefined,
  trouble: undefined as string | undefined,
});

/** Adds a process. Its first epoch counts as a steady one only if there are no others. */
function addProcess(result: Result, trained: readonly Epoch[]): void {
  const [first, ...others] = trained.map(({ seconds }) => seconds);
  if (first === undefined) throw new Error('Expected an epoch but there was none');
  result.first.push(first);
  result.seconds.push(...(others.length > 0 ? others : [first]));
  if (trained.length >= 5) result.five.push(sum(trained.slice(0, 5)));
  result.losses = trained.map(({ loss }) => loss);
}

const sum = (epochs: readonly Epoch[]) => epochs.reduce((all, { seconds }) => all + seconds, 0);
