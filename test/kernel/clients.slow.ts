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

const FILE = 'notebook.ipynb';

/** Python's arguments for a notebook that is run where it lies; both run it by nbclient. */
const CLIENTS = {
  papermill: ['-m', 'papermill', FILE, FILE, '--no-progress-bar'],
  nbconvert: ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', FILE],
} as const;

/** A notebook in a folder of its own, below the project. */
class Desk {
  private constructor(private readonly folder: string) {}

  static async open(notebook: Notebook): Promise<Desk> {
    const folder = await newFolder();
    await writeFile(join(folder, FILE), JSON.stringify(notebook));
    return new Desk(folder);
  }

  /** Runs Python; returns what it has said, and whether all is well. */
  python(args: readonly string[]): Promise<{ readonly isWell: boolean; readonly said: string }> {
    const options = { cwd: this.folder, env: jupyterEnvironment(), maxBuffer: 2 ** 26 };
    const program = pythonEnvironment().program('python');
    return new Promise(resolve => {
      const given = args.map(arg => (arg === FILE ? join(this.folder, FILE) : arg));
      execFile(program, given, options, (error, stdout, stderr) =>
        resolve({ isWell: !error, said: stdout + stderr }),
      );
    });
  }

  /** Returns the notebook, once Jupyter has found no fault in it. */
  async read(): Promise<Notebook> {
    const code = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
    const { isWell, said } = await this.python(['-c', code, FILE]);
    equal(isWell, true, said);
    return JSON.parse(await readFile(join(this.folder, FILE), 'utf8'));
  }

  leave(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** What is to stay; papermill notes its times beside it. */
const kept = ({ cells }: Notebook) =>
  cells.map(({ id, cell_type, source }) => ({ id, cell_type, source: joined(source) }));

const cell = (id: string, source: string): CodeCell => ({
  ...{ cell_type: 'code', id, metadata: {}, execution_count: null, source, outputs: [] },
});

const failing: Notebook = {
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

for (const [client, args] of Object.entries(CLIENTS)) {
  describe(client, function () {
    this.retries(1);
    let desk: Desk;
    afterEach(() => desk.leave());

    for (const name of ['lesson', 'exercises']) {
      it(`runs the notebook ${name}, again as well`, async () => {
        const built = notebookOf(await readSource(join(notebookFolder, `${name}.ts`)), 'en');
        desk = await Desk.open(built);
        for (let time = 0; time < 2; time++) {
          const { isWell, said } = await desk.python(args);
          equal(isWell, true, said);
          const saved = await desk.read();
          deepEqual(kept(saved), kept(built));
          for (const [at, { execution_count }] of saved.cells.filter(isCode).entries()) {
            equal(execution_count, at + 1);
          }
        }
      });
    }

    it('ends the run at a cell that fails, with its error and line', async () => {
      desk = await Desk.open(failing);
      const { isWell, said } = await desk.python(args);
      equal(isWell, false);
      const plain = stripVTControlCharacters(said);
      match(plain, /RangeError: too far: 7/);
      match(plain, /at cell \[2\], line 3/);
      doesNotMatch(plain, /run behind/);
      await desk.read();
    });
  });
}
