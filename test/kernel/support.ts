/** Questions to a kernel; `ask.py` says which there are. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../lib/tools/project/paths';

export type Request = readonly [method: string, ...args: (string | number | boolean)[]];

export interface Reply {
  readonly status?: string;
  /** All that the learner reads: what was printed, values and errors. */
  readonly printed: string;
  readonly ename?: string;
  readonly evalue?: string;
  /** Of `execute_all`: an answer for each cell. */
  readonly replies?: readonly Reply[];
  /** Of `interrupt`: how many were asked for while the cell ran. */
  readonly interrupts?: number;
  /** Of `restart`: the processes of the old kernel, before it and after. */
  readonly before?: readonly number[];
  readonly left?: readonly number[];
  readonly [field: string]: unknown;
}

export const run = (code: string): Request => ['execute', code];

/** Asks a new kernel in a folder of its own, below the project. */
export async function ask(...requests: Request[]): Promise<Reply[]> {
  const parent = join(projectRoot, 'build', 'test-kernel');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'folder-'));
  const python = pythonEnvironment();
  const env = { ...process.env, JUPYTER_PATH: join(python.prefix, 'share', 'jupyter') };
  try {
    const output = await new Promise<string>((resolve, reject) => {
      const args = [join(__dirname, 'ask.py')];
      const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
      const child = execFile(python.program('python'), args, options, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
      child.stdin?.end(JSON.stringify(requests));
    });
    return JSON.parse(output).answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
