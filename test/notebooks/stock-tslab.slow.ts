/** The notebooks on tslab, installed like in tslab's readme: globally by npm, without our launcher. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { delimiter, dirname, join } from 'node:path';
import { pythonEnvironment } from '../../lib/command/machine/paths';
import { execute, RunFailure } from '../../lib/publish/execute';
import { displays, isCode, logOf, type Notebook, PLOTLY } from '../../lib/publish/notebook';
import { notebookFolder, notebookOf } from '../../lib/publish/source';
import { temporaryFolder } from '../folder';
import { codeCell } from '../notebook';
import { saved } from './hosts';
import { FIGURES } from './lab';

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

  const run = (notebook: Notebook) => execute(notebook, { folder: notebookFolder, env });

  it('print values and errors, as the table in the readme of the kernel says', async () => {
    const notebook = notebookOf([codeCell("'a text'"), codeCell('no such')], 'en');
    const failure = await run(notebook).catch((error: RunFailure) => error);
    ok(failure instanceof RunFailure);
    const [value, error] = failure.notebook.cells.filter(isCode);
    deepEqual(value?.outputs, [{ output_type: 'stream', name: 'stdout', text: ['a text\n'] }]);
    match(error ? logOf(error, 'stderr') : '', /^1:4 - /m);
  });

  it('train the lesson and draw its figures', async () => {
    // A late error, or a cell without a figure, throws.
    const code = (await run(await saved('lesson', 'zh'))).cells.filter(isCode);
    equal(code.map(cell => logOf(cell, 'stderr')).join(''), '');
    const text = code.map(cell => logOf(cell)).join('');
    equal(text.match(/^750\/750 \[={30}\] - .*$/gm)?.length, 5);
    match(text, /^157\/157 - .*sparse_categorical_accuracy: 0\.9[67]/m);
    const figures = code.flatMap(displays).filter(data => PLOTLY in data);
    equal(figures.length, FIGURES);
  });
});
