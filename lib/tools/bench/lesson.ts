/** Measures the lesson from the start of its kernel to its last cell, against the same in Python. */
import { join } from 'node:path';
import { pythonEnvironment } from '../project/paths';
import { writeNotebook } from '../publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../publish/source';
import { undisturbed, watchMachine } from './load';
import type { DataFiles } from './models/files';
import { Peer, PeerError } from './peer-process';
import { benchPython } from './peers-environment';
import type { Measurement } from './report';
import { OFF_CARD, peerFile } from './rows';

/** Processor seconds in which the runner starts and ends: its own work, and none of others. */
const RUNNER = 1;

/** @param turns runs of each of the two, in turn. */
export async function measureLesson(
  { folder }: DataFiles,
  turns: number,
  retries: number,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const own = join(folder, 'lesson.ipynb');
  await writeNotebook(own, notebookOf(await readSource(join(notebookFolder, 'lesson.ts')), 'en'));
  const notebooks = [
    { name: 'lesson', title: 'ours · tslab', path: own, kernel: 'tslab' },
    {
      name: 'lesson-python',
      title: 'Keras · ipykernel',
      path: peerFile('lesson.py'),
      kernel: 'python3',
    },
  ].map(notebook => ({
    ...notebook,
    ready: [] as number[],
    seconds: [] as number[],
    peak: [] as number[],
    disturbed: 0,
    versions: {},
    trouble: undefined as string | undefined,
  }));
  for (let turn = 0; turn < turns; turn++) {
    for (const each of notebooks.filter(({ trouble }) => trouble === undefined)) {
      try {
        const run = await undisturbed(() => runNotebook(each.path, each.kernel, folder), retries);
        each.ready.push(run.kernel);
        each.seconds.push(run.seconds);
        if (run.peak !== null) each.peak.push(run.peak);
        each.disturbed += Number(run.disturbed);
        say(`${turn + 1} · ${each.title} ${run.seconds.toFixed(2)}${run.disturbed ? '*' : ''}`);
      } catch (error) {
        if (!(error instanceof PeerError)) throw error;
        each.trouble = error.message;
        say(`${each.title}: ${error.message}`);
      }
    }
  }
  return notebooks.flatMap(({ ready, seconds, peak, ...row }) => [
    { ...row, group: 'start of the kernel', seconds: ready },
    { ...row, group: 'kernel start to last cell', seconds, peak },
  ]);
}

async function runNotebook(path: string, kernel: string, folder: string) {
  const isDisturbed = watchMachine();
  const peer = new Peer({
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
  const ran = await peer.hear('ran');
  return { ...ran, disturbed: isDisturbed(ran.cpu + RUNNER) };
}
