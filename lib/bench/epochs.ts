/** Measures the rows against each other: epoch by epoch, each row in turn. */
import { type Epoch, Measurement, sum } from './measurement';
import { type Peer, startPeer } from './peer-process';
import type { Problem } from './problems';
import type { Row } from './rows';

export interface EpochPlan {
  /** The number of times to restart all rows. */
  readonly turns: number;
  readonly epochs: number;
  /** The limit of a process's training time after the first epoch; unlimited by default. */
  readonly seconds?: number;
}

/** A process with epochs; the row's result shares the array. */
interface Training {
  readonly result: Measurement;
  readonly peer: Peer;
  readonly epochs: Epoch[];
}

/**
 * Runs the rows by turns. In a turn, the processes of all rows are alive at the same time and train epoch by epoch,
 * row by row, so other loads of the machine affect all rows.
 */
export async function measureEpochs(
  group: string,
  rows: readonly Row[],
  problem: Problem,
  plan: EpochPlan,
  log: (line: string) => void,
): Promise<Measurement[]> {
  const results = rows.map(({ name, title }) => new Measurement(group, name, title));
  const { seconds: limit = Number.POSITIVE_INFINITY } = plan;
  for (let turn = 0; turn < plan.turns; turn++) {
    const trainings: Training[] = [];
    const starts = rows.flatMap(({ command, processes = 1 }, row) =>
      Array.from({ length: processes }, () => ({ command, result: results[row] as Measurement })),
    );
    try {
      await Promise.all(
        starts.map(({ command, result }, index) =>
          result.attempt(async () => {
            if (!command) throw new Error('not on this machine');
            const training = { result, peer: await startPeer(command, problem), epochs: [] };
            trainings[index] = training;
            await training.peer.hear('ready');
            result.processes.push(training.epochs);
          }, log),
        ),
      );
      // A failed start leaves a hole.
      const running = trainings.filter(Boolean);
      for (let epoch = 0; epoch < plan.epochs; epoch++) {
        const progress: string[] = [];
        // Begins with another row each time, so no row always follows the same row.
        const start = (epoch + turn) % Math.max(running.length, 1);
        for (const training of [...running.slice(start), ...running.slice(0, start)]) {
          const { result, peer, epochs } = training;
          if (sum(epochs.slice(1).map(({ seconds }) => seconds)) > limit) continue;
          await result.attempt(async () => {
            peer.tell('go');
            const done = await peer.hear('done');
            epochs.push(done);
            progress.push(`${result.title} ${done.seconds.toFixed(3)}`);
          }, log);
        }
        if (progress.length > 0)
          log(`${group} · ${turn + 1}.${epoch + 1} · ${progress.join(' · ')}`);
      }
    } finally {
      for (const { peer } of trainings.filter(Boolean)) peer.kill();
    }
  }
  return results;
}
