/** Measures the lesson from the start of its kernel to its last cell, against the same in Python. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../project/paths';
import { writeNotebook } from '../publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../publish/source';
import { npz, workFolder } from './data';
import { foreignTime, isDisturbed, machineTime, undisturbed } from './load';
import { benchPython } from './peers-python';
import { OFF_CARD } from './rows';
import { Child, type Command, PeerError } from './worker';

export interface LessonRun {
  /** The time from the kernel's start to the end of the last cell. */
  readonly seconds: number;
  /** The part of it until the kernel is ready. */
  readonly kernel: number;
  readonly foreign: number;
  readonly disturbed: boolean;
  /** The most memory that the kernel held, in bytes; undefined where there is no /proc. */
  readonly peak?: number;
  /** The memory that a second kernel holds at the lesson's end beside the first one, in bytes. */
  readonly secondPss?: number;
}

export interface LessonResult {
  readonly name: string;
  readonly title: string;
  readonly runs: readonly LessonRun[];
  /** Tells why there are no more runs: its kernel or a cell failed. */
  readonly trouble?: string;
}

interface Ran {
  readonly event: 'ran';
  readonly seconds: number;
  readonly kernel: number;
  readonly cpu: number;
  readonly peak: number | null;
  readonly pss?: number | null;
  readonly second?: Omit<Ran, 'event'>;
}

interface Notebook {
  readonly name: string;
  readonly title: string;
  readonly path: string;
  readonly kernel: string;
}

const peers = join(projectRoot, 'lib', 'tools', 'bench', 'peers');

/** @param turns runs of each of them, in turn; the last one with a second kernel. */
export async function measureLesson(
  turns: number,
  retries: number,
  say: (line: string) => void,
): Promise<LessonResult[]> {
  const measured = (await prepare()).map(notebook => ({
    notebook,
    runs: [] as LessonRun[],
    trouble: undefined as string | undefined,
  }));
  for (let turn = 0; turn < turns; turn++) {
    for (const each of measured.filter(({ trouble }) => trouble === undefined)) {
      const { title } = each.notebook;
      try {
        const kernels = turn === turns - 1 ? 2 : 1;
        const run = await undisturbed(() => runNotebook(each.notebook, kernels), retries);
        each.runs.push(run);
        const mark = run.disturbed ? '*' : '';
        say(`${turn + 1}/${turns} · ${title} ${run.seconds.toFixed(2)}${mark}`);
      } catch (error) {
        if (!(error instanceof PeerError)) throw error;
        each.trouble = error.message;
        say(`${title}: ${error.message}`);
      }
    }
  }
  return measured.map(({ notebook: { name, title }, ...rest }) => ({ name, title, ...rest }));
}

async function prepare(): Promise<Notebook[]> {
  await mkdir(workFolder, { recursive: true });
  const own = join(workFolder, 'lesson.ipynb');
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  await writeNotebook(own, notebookOf(source, 'en'));
  const python = join(peers, 'lesson.py');
  return [
    { name: 'lesson', title: 'digits · tslab', path: own, kernel: 'tslab' },
    { name: 'lesson-python', title: 'Keras · ipykernel', path: python, kernel: 'python3' },
  ];
}

async function runNotebook({ path, kernel }: Notebook, kernels: number): Promise<LessonRun> {
  const before = machineTime();
  const used = process.cpuUsage();
  const command: Command = {
    program: benchPython.program('python'),
    args: [join(peers, 'notebook.py'), path, kernel, notebookFolder, String(kernels)],
    env: {
      // Set-up has put the lesson's kernel there; `python3` is always that of the program that asks.
      JUPYTER_PATH: join(pythonEnvironment().prefix, 'share', 'jupyter'),
      DIGITS_BENCH_MNIST: npz,
      DIGITS_DEVICE: undefined,
      ...OFF_CARD,
    },
  };
  const child = new Child(command, []);
  const ran = await child.hear<Ran>('ran');
  const { user, system } = process.cpuUsage(used);
  const { second } = ran;
  // The runner's own work before the first kernel and after the last one counts as others' too, so a
  // second of it is left out.
  const own = ran.cpu + (second?.cpu ?? 0) + (user + system) / 1e6 + RUNNER;
  const foreign = foreignTime(before, machineTime(), own);
  return {
    seconds: ran.seconds,
    kernel: ran.kernel,
    foreign,
    disturbed: isDisturbed(foreign, ran.seconds + (second?.seconds ?? 0)),
    peak: ran.peak ?? undefined,
    secondPss: second?.pss ?? undefined,
  };
}

/** Processor seconds in which the runner starts and ends. */
const RUNNER = 1;
