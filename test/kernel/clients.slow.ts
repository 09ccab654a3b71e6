/** The lesson, the exercises and a cell that fails, by programs of others that run notebooks. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { isCode, joined, type Notebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { codeCell } from '../notebook';
import { newFolder } from './kernel';

const FILE = 'notebook.ipynb';

/** Python's arguments for a notebook that is run where it lies; both run it by nbclient. */
const CLIENTS = {
  papermill: ['-m', 'papermill', FILE, FILE, '--no-progress-bar'],
  nbconvert: ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', FILE],
} as const;

/** The folder of the notebook, below the project. */
let folder: string;

/** Runs Python; returns what it has said, and whether all is well. */
function python(
  args: readonly string[],
): Promise<{ readonly isWell: boolean; readonly said: string }> {
  const options = { cwd: folder, env: jupyterEnvironment(), maxBuffer: 2 ** 26 };
  return new Promise(resolve =>
    execFile(pythonEnvironment().program('python'), [...args], options, (error, stdout, stderr) =>
      resolve({ isWell: !error, said: stdout + stderr }),
    ),
  );
}

const write = (notebook: Notebook) => writeFile(join(folder, FILE), JSON.stringify(notebook));

/** Returns the notebook, once Jupyter has found no fault in it. */
async function read(): Promise<Notebook> {
  const code = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
  const { isWell, said } = await python(['-c', code, FILE]);
  equal(isWell, true, said);
  return JSON.parse(await readFile(join(folder, FILE), 'utf8'));
}

/** What is to stay; papermill notes its times beside it. */
const kept = ({ cells }: Notebook) =>
  cells.map(({ id, cell_type, source }) => ({ id, cell_type, source: joined(source) }));

const FAILING = [
  'const far: number = 7;\nfar',
  '// Too far.\n\nthrow new RangeError("too far: " + far);',
  'console.log("run " + "behind");',
];

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
        await write(built);
        for (let time = 0; time < 2; time++) {
          const { isWell, said } = await python(args);
          equal(isWell, true, said);
          const saved = await read();
          deepEqual(kept(saved), kept(built));
          for (const [at, { execution_count }] of saved.cells.filter(isCode).entries()) {
            equal(execution_count, at + 1);
          }
        }
      });
    }

    it('ends the run at a cell that fails, with its error and line', async () => {
      await write(
        notebookOf(
          FAILING.map(code => codeCell(code)),
          'en',
        ),
      );
      const { isWell, said } = await python(args);
      equal(isWell, false);
      const plain = stripVTControlCharacters(said);
      match(plain, /RangeError: too far: 7/);
      match(plain, /at cell \[2\], line 3/);
      doesNotMatch(plain, /run behind/);
      await read();
    });
  });
}
