/** Measures the whole lesson: the notebook against the same in Python, and the website. */
import { join } from 'node:path';
import { pythonEnvironment } from '../project/paths';
import { notebookFolder } from '../publish/source';
import type { DataFiles } from './models/data';
import { startPeer } from './peer-process';
import { Measurement } from './report';
import { benchPython, OFF_CARD, peerFile } from './rows';

/** A run of the lesson, of which several times are taken. */
export interface Lesson {
  readonly name: string;
  readonly title: string;
  /** The heading for each of the times. */
  readonly groups: readonly string[];
  /** Runs it; returns the times, and the most memory held at their end, in bytes, if known. */
  readonly run: () => Promise<{ seconds: readonly number[]; peak: number | null }>;
}

/** @param turns runs of each, in turn. */
export async function measureLessons(
  lessons: readonly Lesson[],
  turns: number,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const results = lessons.map(({ name, title, groups }) =>
    groups.map(group => new Measurement(group, name, title)),
  );
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, { title, run }] of lessons.entries()) {
      const own = results[at] as [Measurement, ...Measurement[]];
      await own[0].attempt(async () => {
        const { seconds, peak } = await run();
        for (const [i, time] of seconds.entries()) own[i]?.seconds.push(time);
        if (peak) own.at(-1)?.peak.push(peak);
        say(`${turn + 1} · ${title} ${seconds.map(time => time.toFixed(2)).join(' · ')}`);
      }, say);
      for (const other of own) if (own[0].trouble) other.trouble = own[0].trouble;
    }
  }
  return results.flat();
}

/** Lists the lesson as a notebook of ours, and in Python. */
export function notebookLessons({ folder }: DataFiles): Lesson[] {
  const own = join(notebookFolder, 'lesson.en.ipynb');
  const lesson = (name: string, title: string, path: string, kernel: string): Lesson => ({
    ...{ name, title, groups: ['start of the kernel', 'kernel start to last cell'] },
    async run() {
      const peer = await startPeer({
        program: benchPython.program('python'),
        args: [peerFile('notebook.py'), path, kernel, notebookFolder],
        env: {
          // Set-up has put the lesson's kernel there; `python3` is always that of the program that asks.
          JUPYTER_PATH: join(pythonEnvironment().prefix, 'share', 'jupyter'),
          DIGITS_BENCH_MNIST: join(folder, 'mnist.npz'),
          DIGITS_DEVICE: undefined,
          ...OFF_CARD,
        },
      });
      return peer.hear('ran');
    },
  });
  return [
    lesson('lesson', 'ours · tslab', own, 'tslab'),
    lesson('lesson-python', 'Keras · ipykernel', peerFile('lesson.py'), 'python3'),
  ];
}
