/** Runs an assignment through the real nbgrader, installed from PyPI. */
import { deepEqual, equal, fail, match, ok, rejects } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { exercises } from 'digits/exercises';
import { exportExercises } from '../../../lib/class/export/export';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { readOptions } from '../../../lib/command/options.mjs';
import { Uv } from '../../../lib/lab/setup/packages/uv';
import { readNotebook, textOf } from '../../../lib/publish/notebook';
import { put, temporaryFolder } from '../../folder';
import { printed } from '../../support';
import { readData } from '../../texts';

interface HandIn {
  readonly answers: Readonly<Record<string, string>>;
  readonly feedback: Readonly<Record<string, readonly [score: string, words: string]>>;
}

const handIns = readData<Record<string, HandIn>>('class/export/nbgrader.yml');
const NAME = 'exercises-en-1.2-4.2-7.1';

describe('an assignment for nbgrader', function () {
  this.timeout(900_000);
  const top = temporaryFolder();
  const course = join(top, 'my course 课');
  const config = join(course, 'nbgrader_config.py');
  const nbgrader = pythonEnvironment(join(top, 'nbgrader'));
  const exported = (line: string) => {
    const options = readOptions('export', ['nbgrader', '--folder', course, ...line.split(' ')]);
    return exportExercises(options, pythonEnvironment());
  };

  async function run(program: string, args: readonly string[], cwd = course): Promise<void> {
    const { execa } = await import('execa');
    const env = {
      PATH: [dirname(nbgrader.program('python')), process.env.PATH].join(delimiter),
      JUPYTER_PATH: join(pythonEnvironment().prefix, 'share', 'jupyter'),
      JUPYTER_CONFIG_DIR: join(top, 'none'),
    };
    const { all, exitCode } = await execa(program, args, { cwd, env, all: true, reject: false });
    equal(exitCode, 0, all);
  }
  const notebookIn = (step: string, name = NAME, language = 'en') =>
    readNotebook(join(course, step, name, `exercises.${language}.ipynb`));
  const textIn = async (...args: Parameters<typeof notebookIn>) =>
    (await notebookIn(...args)).cells.map(({ source }) => textOf(source)).join('\n\n');

  before(async () => {
    const [uv, options] = [await Uv.ready(() => {}), { title: 'nbgrader', log: 'nbgrader' }];
    const python = pythonEnvironment().program('python');
    await uv.run(['venv', '--python', python, nbgrader.prefix], options);
    const args = ['--python', nbgrader.program('python'), 'nbgrader==0.9.6'];
    await uv.install(args, options, () => {});
  });

  it('has the exercises that are asked for, and their solutions, and is never written over', async () => {
    const line = 'lib/command/run.cjs export nbgrader --lang en --exercises 1.2,4.2，7.1 --folder';
    await run(process.execPath, [...line.split(' '), course], projectRoot);
    const text = await textIn('source');
    deepEqual(text.match(/(?<=^### )[\d.]+/gm), ['1.2', '4.2', '7.1']);
    equal(text.match(/^\/\/ BEGIN SOLUTION\n[\s\S]+?\n\/\/ END SOLUTION$/gm)?.length, 3);
    await rejects(exported('--lang en --exercises 1.2,4.2,7.1'), /is there already, .* --folder/);
    const unknown = exported('--lang en --exercises 4.2,4.9');
    await rejects(unknown, /no exercise "4\.9"\. .*4\.1, 4\.2, 5\.1/);
  });

  it('leaves the configuration of a course alone, and names the line to add', async () => {
    const configBefore = readFileSync(config, 'utf8');
    writeFileSync(config, 'c = get_config()\n');
    const output = await printed(() => exported('--lang zh --exercises 5.3'));
    match(output, /load_subconfig\('nbgrader_digits/);
    equal(readFileSync(config, 'utf8'), 'c = get_config()\n');
    writeFileSync(config, `${configBefore}c = get_config()\nc.Execute.timeout = 60\n`);
  });

  it('is given out without the solutions, as the worksheet begins, in both languages', async () => {
    for (const [name, language] of [
      [NAME, 'en'],
      ['exercises-zh-5.3', 'zh'],
    ] as const) {
      await run(nbgrader.program('nbgrader'), ['generate_assignment', name]);
      const text = await textIn('release', name, language);
      for (const { texts } of exercises.filter(({ id }) => name.includes(id))) {
        const { starter, solution, title } = texts[language];
        ok(text.includes(starter.trim()) && text.includes(title), title);
        ok(!text.includes(solution.trim()), title);
      }
    }
  });

  it('gives points for what is right alone, and the reason for each mistake', async () => {
    for (const [learner, { answers }] of Object.entries(handIns)) {
      const notebook = await notebookIn('release');
      for (const [id, answer] of Object.entries(answers)) {
        const name = `"answer-${id.replace('.', '-')}"`;
        const cell = notebook.cells.find(item => JSON.stringify(item.metadata).includes(name));
        const { solution } = exercises.find(exercise => exercise.id === id)?.texts.en ?? {};
        Object.assign(cell ?? fail(name), { source: answer === 'solution' ? solution : answer });
      }
      const file = ['exercises.en.ipynb', JSON.stringify(notebook)] as const;
      put(join(course, 'submitted', learner, NAME), [file]);
    }
    await run(nbgrader.program('nbgrader'), ['autograde', NAME]);
    await run(nbgrader.program('nbgrader'), ['generate_feedback', NAME]);
    for (const [learner, { feedback }] of Object.entries(handIns)) {
      const file = join(course, 'feedback', learner, NAME, 'exercises.en.html');
      const text = readFileSync(file, 'utf8').replace(/<[^>]+>/g, '');
      const cells = text.split('Grade cell: check-').slice(1);
      equal(cells.length, Object.keys(feedback).length);
      for (const [i, [id, [score, words]]] of Object.entries(feedback).entries()) {
        const says = RegExp(`^${id.replace('.', '-')}\\s+Score: ${score} .*${words}`, 's');
        match(cells[i] ?? '', says, `${learner}: ${cells[i]}`);
      }
    }
  });
});
