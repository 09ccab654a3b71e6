/** Measures the rows against each other: epoch by epoch, each row in turn. */
import { machineTime, undisturbed } from './load';
import { type Epoch, Peer, PeerError } from './peer-process';
import type { Measurement } from './report';
import type { Problem, Row } from './rows';

export interface EpochPlan {
  /** The number of times that all rows are started anew. */
  readonly turns: number;
  /** Epochs of each process, the first included. */
  readonly epochs: number;
  /** Seconds of training after which a process trains no more; unlimited by default. */
  readonly seconds?: number;
  /** The number of times that a disturbed epoch is measured again before it is kept, with a mark. */
  readonly retries: number;
}

/**
 * Runs the rows by turns. In a turn each row has its processes, all of them alive at once, and they
 * train one epoch after the other, row by row, so that whatever else the machine does affects all of them.
 *
 * @param readTime tells how busy the machine is, before and after each epoch.
 */
export async function measureEpochs(
  group: string,
  rows: readonly Row[],
  problem: Problem,
  { turns, epochs, seconds = Number.POSITIVE_INFINITY, retries }: EpochPlan,
  say: (line: string) => void,
  readTime = machineTime,
): Promise<Measurement[]> {
  const results = new Map(rows.map(row => [row, emptyResult(group, row)]));
  const attempt = async (row: Row, work: (result: Result) => Promise<void>) => {
    const result = results.get(row) as Result;
    if (result.trouble) return;
    try {
      await work(result);
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
      result.trouble = error.message;
      say(`${group} · ${row.title}: ${error.message}`);
    }
  };
  const start = (row: Row) => {
    if (!row.command) throw new PeerError('not on this machine');
    return Peer.start(row.command, problem);
  };

  for (let turn = 0; turn < turns; turn++) {
    // A process has trained those epochs, too, that were measured again.
    const running: { row: Row; peer: Peer; kept: Epoch[]; trained: Epoch[] }[] = [];
    const processes = rows.flatMap(row => Array.from({ length: row.processes ?? 1 }, () => row));
    try {
      await Promise.all(
        processes.map(row =>
          attempt(row, async result => {
            const peer = await start(row);
            Object.assign(result.versions, peer.versions);
            running.push({ row, peer, kept: [], trained: [] });
          }),
        ),
      );
      for (let epoch = 0; epoch < epochs; epoch++) {
        const shown: string[] = [];
        // Begins with another row each time, so that none always follows the same one.
        const from = (epoch + turn) % Math.max(running.length, 1);
        for (const each of [...running.slice(from), ...running.slice(0, from)]) {
          if (sum(each.trained) > seconds) continue;
          await attempt(each.row, async () => {
            const measured = await undisturbed(async again => {
              // A process has only one first epoch: another one takes it again.
              if (epoch === 0 && again > 0) {
                each.peer.kill();
                each.peer = await start(each.row);
                each.trained.length = 0;
              }
              const one = await each.peer.epoch(readTime);
              each.trained.push(one);
              return one;
            }, retries);
            each.kept.push(measured);
            const mark = measured.disturbed ? '*' : '';
            shown.push(`${each.row.name} ${measured.seconds.toFixed(3)}${mark}`);
          });
        }
        if (shown.length > 0) say(`${group} · ${turn + 1}.${epoch + 1} · ${shown.join(' · ')}`);
      }
      for (const { row, peer, kept, trained } of running) {
        await attempt(row, async result => {
          const { peak, note } = await peer.end();
          addProcess(result, kept, trained);
          result.peak.push(peak);
          if (note) result.note = note;
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
  disturbed: 0,
  versions: {} as Record<string, string>,
  note: undefined as string | undefined,
  trouble: undefined as string | undefined,
});

/** Adds a process. Its first epoch counts as a steady one only if there are no others. */
function addProcess(result: Result, kept: readonly Epoch[], trained: readonly Epoch[]): void {
  const [first, ...others] = kept;
  if (!first) throw new PeerError('Expected an epoch but there was none');
  const steady = others.length > 0 ? others : [first];
  result.first.push(first.seconds);
  result.seconds.push(...steady.map(({ seconds }) => seconds));
  if (kept.length >= 5) result.five.push(sum(kept.slice(0, 5)));
  result.losses = trained.map(({ loss }) => loss);
  result.disturbed += kept.filter(({ disturbed }) => disturbed).length;
}

const sum = (epochs: readonly Epoch[]) => epochs.reduce((all, { seconds }) => all + seconds, 0);
