/** The lesson and the exercises, by programs of others that run notebooks. */
import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { isCode, joined, type Notebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { newFolder } from './kernel';

const FILE = 'notebook.ipynb';

/** Python's arguments for a notebook that is run where it lies; both run it by nbclient. */
const CLIENTS = {
  papermill: ['-m', 'papermill', FILE, FILE, '--no-progress-bar'],
  nbconvert: ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', FILE],
} as const;

/** The folder of the notebook, below the project. */
let folder: string;

/** Runs Python. @throws Error with what it has said, if not all is well. */
const python = (args: readonly string[]) =>
  promisify(execFile)(pythonEnvironment().program('python'), [...args], {
    ...{ cwd: folder, env: jupyterEnvironment(), maxBuffer: 2 ** 26 },
  });

/** Returns the notebook, once Jupyter has found no fault in it. */
async function read(): Promise<Notebook> {
  const code = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
  await python(['-c', code, FILE]);
  return JSON.parse(await readFile(join(folder, FILE), 'utf8'));
}

/** What is to stay; papermill notes its times beside it. */
const kept = ({ cells }: Notebook) =>
  cells.map(({ id, cell_type, source }) => ({ id, cell_type, source: joined(source) }));

for (const [client, args] of Object.entries(CLIENTS)) {
  describe(client, function () {
    this.retries(1);
    beforeEach(async () => {
      folder = await newFolder();
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    for (const name of ['lesson', 'exercises']) {
      it(`runs the notebook ${name}, again as well`, async () => {
        const built = notebookOf(await readSource(join(notebookFolder, `${name}.ts`)), 'en');
        await writeFile(join(folder, FILE), JSON.stringify(built));
        for (let time = 0; time < 2; time++) {
          await python(args);
          const saved = await read();
          deepEqual(kept(saved), kept(built));
          for (const [at, { execution_count }] of saved.cells.filter(isCode).entries()) {
            equal(execution_count, at + 1);
          }
        }
      });
    }
  });
}
