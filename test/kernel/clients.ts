/** Programs of others that run notebooks on their kernels. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { projectRoot, pythonEnvironment } from '../../lib/tools/project/paths';
import type { Notebook } from '../../lib/tools/publish/notebook';

/** Python's arguments for a notebook that is run where it lies. */
export const CLIENTS = {
  papermill: (file: string) => ['-m', 'papermill', file, file, '--no-progress-bar'],
  nbconvert: (file: string) => [
    '-m',
    'nbconvert',
    '--to',
    'notebook',
    '--execute',
    '--inplace',
    file,
  ],
  nbclient: (file: string) => ['-c', 'from nbclient.cli import main; main()', '--inplace', file],
} as const;

export type ClientName = keyof typeof CLIENTS;

export interface Outcome {
  readonly isWell: boolean;
  readonly said: string;
}

/** A notebook in a folder of its own, below the project. */
export class Desk {
  private constructor(
    private readonly folder: string,
    private readonly file: string,
  ) {}

  static async open(notebook: Notebook): Promise<Desk> {
    const parent = join(projectRoot, 'build', 'test-kernel');
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, 'client-'));
    const file = join(folder, 'notebook.ipynb');
    await writeFile(file, JSON.stringify(notebook));
    return new Desk(folder, file);
  }

  /** Has a program run the notebook. */
  run(client: ClientName): Promise<Outcome> {
    return this.python(CLIENTS[client](this.file));
  }

  /** Checks the notebook as Jupyter does. */
  validate(): Promise<Outcome> {
    const code = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
    return this.python(['-c', code, this.file]);
  }

  async read(): Promise<Notebook> {
    return JSON.parse(await readFile(this.file, 'utf8'));
  }

  leave(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private python(args: string[]): Promise<Outcome> {
    const options = { cwd: this.folder, env: jupyterEnvironment(), maxBuffer: 2 ** 26 };
    const program = pythonEnvironment().program('python');
    return new Promise(resolve => {
      execFile(program, args, options, (error, stdout, stderr) =>
        resolve({ isWell: !error, said: stdout + stderr }),
      );
    });
  }
}
