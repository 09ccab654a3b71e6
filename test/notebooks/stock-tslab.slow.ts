/** The notebooks on tslab as its own readme installs it: globally by npm, without a launcher of ours. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { execute, RunFailure } from '../../lib/tools/publish/execute';
import {
  type CodeCell,
  displays,
  isCode,
  PLOTLY,
  printed,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf } from '../../lib/tools/publish/source';
import { temporaryFolder } from '../folder';
import { codeCell } from '../notebook';
import { FIGURES } from './support';

describe('notebooks on a stock tslab, installed globally', () => {
  const prefix = temporaryFolder();
  const env = {
    PATH: [join(prefix, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
    JUPYTER_PATH: join(prefix, 'share', 'jupyter'),
  };

  before(async () => {
    const { execa } = await import('execa');
    const { version } = require('tslab/package.json') as { version: string };
    const install = ['install', '--global', '--prefix', prefix, `tslab@${version}`];
    await execa('npm', install, { env, cwd: prefix });
    const python = pythonEnvironment().program('python');
    await execa('tslab', ['install', `--python=${python}`, `--prefix=${prefix}`], { env });
  });

  /** Runs a saved notebook where it lies. A late error, or a cell without its figure, throws. */
  async function run(name: string, language: Language): Promise<CodeCell[]> {
    const notebook = await readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));
    const { cells } = await execute(notebook, { folder: notebookFolder, env });
    const code = cells.filter(isCode);
    deepEqual(
      code.map(cell => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    for (const cell of code) equal(printed(cell, 'stderr'), '', cell.id);
    return code;
  }
  const textOf = (cells: CodeCell[]) => cells.map(cell => printed(cell)).join('');

  it('start by the command of its own', async () => {
    const file = join(env.JUPYTER_PATH, 'kernels', 'tslab', 'kernel.json');
    const { argv } = JSON.parse(readFileSync(file, 'utf8'));
    deepEqual(argv, ['tslab', 'kernel', '--config-path', '{connection_file}']);
    const notebook = notebookOf([codeCell('console.log(process.argv[1]);')], 'en');
    const asked = await execute(notebook, { folder: notebookFolder, env });
    match(textOf(asked.cells.filter(isCode)), new RegExp(`^${prefix}.*tslab\n$`));
  });

  it('print values and errors, as the table in the readme of the kernel says', async () => {
    const notebook = notebookOf([codeCell("'a text'"), codeCell('no such')], 'en');
    const failure = await execute(notebook, { folder: notebookFolder, env }).catch(
      (error: RunFailure) => error,
    );
    ok(failure instanceof RunFailure);
    const [value, error] = failure.notebook.cells.filter(isCode);
    deepEqual(value?.outputs, [{ output_type: 'stream', name: 'stdout', text: ['a text\n'] }]);
    match(error ? printed(error, 'stderr') : '', /^1:4 - /m);
  });

  // Their code is the same in both languages.
  it('train the lesson and draw its figures', async () => {
    const cells = await run('lesson', 'zh');
    equal(textOf(cells).match(/^750\/750 \[={30}\] - .*$/gm)?.length, 5);
    match(textOf(cells), /^157\/157 - .*sparse_categorical_accuracy: 0\.9[67]/m);
    const figures = cells.flatMap(displays).filter(data => PLOTLY in data);
    equal(figures.length, FIGURES);
  });

  it('answer the exercises', async () => {
    const answers = (await run('exercises', 'en')).flatMap(displays);
    const wrong = answers.filter(data => /^✗ /.test(String(data['text/plain'])));
    equal(wrong.length, exercises.length);
  });
});
