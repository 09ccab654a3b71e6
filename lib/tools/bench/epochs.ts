/** Measures the rows against each other: epoch by epoch, each row in turn. */
import { type Epoch, type Peer, startPeer } from './peer-process';
import { Measurement } from './report';
import type { Problem, Row } from './rows';

export interface EpochPlan {
  /** The number of times that all rows are started anew. */
  readonly turns: number;
  /** Epochs of each process, the first included. */
  readonly epochs: number;
  /** Seconds of training, behind the first epoch, after which a process trains no more; unlimited by default. */
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
  const measured = rows.map(row => ({ row, result: new Measurement(group, row.name, row.title) }));
  for (let turn = 0; turn < turns; turn++) {
    const running: { result: Measurement; peer: Peer; trained: Epoch[] }[] = [];
    const processes = measured.flatMap(each =>
      Array.from({ length: each.row.processes ?? 1 }, () => each),
    );
    try {
      await Promise.all(
        processes.map(({ row: { command }, result }) =>
          result.attempt(async () => {
            if (!command) throw new Error('not on this machine');
            const peer = await startPeer(command, problem);
            Object.assign(result.versions, (await peer.hear('ready')).versions);
            running.push({ result, peer, trained: [] });
          }, say),
        ),
      );
      for (let epoch = 0; epoch < epochs; epoch++) {
        const shown: string[] = [];
        // Begins with another row each time, so that none always follows the same one.
        const from = (epoch + turn) % Math.max(running.length, 1);
        for (const each of [...running.slice(from), ...running.slice(0, from)]) {
          const { result, peer, trained } = each;
          if (sum(trained.slice(1)) > seconds) continue;
          await result.attempt(async () => {
            peer.tell('go');
            const one = await peer.hear('done');
            trained.push(one);
            shown.push(`${result.name} ${one.seconds.toFixed(3)}`);
          }, say);
        }
        if (shown.length > 0) say(`${group} · ${turn + 1}.${epoch + 1} · ${shown.join(' · ')}`);
      }
      for (const { result, peer, trained } of running) {
        await result.attempt(async () => {
          peer.tell('end');
          const { peak } = await peer.hear('end');
          addProcess(result, trained);
          result.peak.push(peak);
        }, say);
      }
    } finally {
      for (const { peer } of running) peer.kill();
    }
  }
  return measured.map(({ result }) => result);
}

/** Adds a process. Its first epoch counts as a steady one only if there are no others. */
function addProcess(result: Measurement, trained: readonly Epoch[]): void {
  const [first = Number.NaN, ...others] = trained.map(({ seconds }) => seconds);
  result.first.push(first);
  result.seconds.push(...(others.length > 0 ? others : [first]));
  if (trained.length >= 5) result.five.push(sum(trained.slice(0, 5)));
  result.losses = trained.map(({ loss }) => loss);
}

const sum = (epochs: readonly Epoch[]) => epochs.reduce((all, { seconds }) => all + seconds, 0);
