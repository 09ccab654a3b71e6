/** Measures the lesson from the start of its kernel to its last cell, against the same in Python. */
import { join } from 'node:path';
import { pythonEnvironment } from '../project/paths';
import { writeNotebook } from '../publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../publish/source';
import type { DataFiles } from './models/data';
import { PeerError, startPeer } from './peer-process';
import type { Measurement } from './report';
import { benchPython, OFF_CARD, peerFile } from './rows';

/** @param turns runs of each of the two, in turn. */
export async function measureLesson(
  { folder }: DataFiles,
  turns: number,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const own = join(folder, 'lesson.ipynb');
  await writeNotebook(own, notebookOf(await readSource(join(notebookFolder, 'lesson.ts')), 'en'));
  const python = peerFile('lesson.py');
  const rows = [
    { name: 'lesson', title: 'ours · tslab', path: own, kernel: 'tslab' },
    { name: 'lesson-python', title: 'Keras · ipykernel', path: python, kernel: 'python3' },
  ].map(row => ({
    ...row,
    ready: [] as number[],
    seconds: [] as number[],
    peak: [] as number[],
    trouble: undefined as string | undefined,
  }));
  for (let turn = 0; turn < turns; turn++) {
    for (const row of rows.filter(({ trouble }) => trouble === undefined)) {
      try {
        const { kernel, seconds, peak } = await runNotebook(row.path, row.kernel, folder);
        row.ready.push(kernel);
        row.seconds.push(seconds);
        if (peak !== null) row.peak.push(peak);
        say(`${turn + 1} · ${row.title} ${seconds.toFixed(2)}`);
      } catch (error) {
        if (!(error instanceof PeerError)) throw error;
        row.trouble = error.message;
        say(`${row.title}: ${error.message}`);
      }
    }
  }
  return rows.flatMap(({ ready, seconds, peak, ...row }) => [
    { ...row, group: 'start of the kernel', seconds: ready },
    { ...row, group: 'kernel start to last cell', seconds, peak },
  ]);
}

async function runNotebook(path: string, kernel: string, folder: string) {
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
}
