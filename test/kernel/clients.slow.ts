/** The lesson, the exercises and a cell that fails, by programs of others that run notebooks. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { type CodeCell, isCode, joined, type Notebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { newFolder } from './kernel';

/** Python's arguments for a notebook that is run where it lies. */
const CLIENTS = {
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

type ClientName = keyof typeof CLIENTS;

interface Outcome {
  readonly isWell: boolean;
  readonly said: string;
}

/** A notebook in a folder of its own, below the project. */
class Desk {
  private constructor(
    private readonly folder: string,
    private readonly file: string,
  ) {}

  static async open(notebook: Notebook): Promise<Desk> {
    const folder = await newFolder();
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

/** What is to stay: papermill notes its times beside it. */
const kept = ({ cells, metadata }: Notebook) => {
  const { papermill, ...others } = metadata as Record<string, unknown>;
  return {
    metadata: others,
    cells: cells.map(({ id, cell_type, source, metadata }) => {
      const { papermill, execution, tags, ...rest } = metadata as Record<string, unknown>;
      return { id, cell_type, source: joined(source), metadata: rest };
    }),
  };
};

describe('other programs', function () {
  this.retries(1);

  for (const name of ['lesson', 'exercises']) {
    for (const client of Object.keys(CLIENTS) as ClientName[]) {
      it(`run the notebook ${name}, twice: ${client}`, async () => {
        const source = await readSource(join(notebookFolder, `${name}.ts`));
        const built = notebookOf(source, 'en');
        const desk = await Desk.open(built);
        try {
          const saved: Notebook[] = [];
          for (let time = 0; time < 2; time++) {
            const run = await desk.run(client);
            equal(run.isWell, true, run.said);
            const valid = await desk.validate();
            equal(valid.isWell, true, valid.said);
            saved.push(await desk.read());
          }
          const [first, second] = saved as [Notebook, Notebook];
          deepEqual(kept(first).cells, kept(built).cells);
          deepEqual(kept(second), kept(first));
          const code = second.cells.filter(isCode);
          deepEqual(
            code.map(({ execution_count }) => execution_count),
            code.map((_, at) => at + 1),
          );
        } finally {
          await desk.leave();
        }
      });
    }
  }
});

const cell = (id: string, source: string): CodeCell => ({
  ...{ cell_type: 'code', id, metadata: {}, execution_count: null, source, outputs: [] },
});

const notebook: Notebook = {
  cells: [
    cell('well', 'const far: number = 7;\nfar'),
    cell('fails', '// Too far.\n\nthrow new RangeError("too far: " + far);'),
    cell('behind', 'console.log("run " + "behind");'),
  ],
  metadata: {
    kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
    title: 'Fails',
  },
  ...{ nbformat: 4, nbformat_minor: 5 },
};

describe('a cell that fails', function () {
  this.retries(1);

  for (const client of Object.keys(CLIENTS) as ClientName[]) {
    it(`ends the run by ${client}, with its error and line`, async () => {
      const desk = await Desk.open(notebook);
      try {
        const { isWell, said } = await desk.run(client);
        equal(isWell, false);
        const plain = stripVTControlCharacters(said);
        match(plain, /RangeError: too far: 7/);
        match(plain, /at cell \[2\], line 3/);
        doesNotMatch(plain, /run behind/);
        const { isWell: isValid, said: fault } = await desk.validate();
        equal(isValid, true, fault);
      } finally {
        await desk.leave();
      }
    });
  }
});
