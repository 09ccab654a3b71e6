/** Takes an assignment through nbgrader itself, which is installed for this from PyPI. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { exercises } from 'digits/exercises';
import { exportExercises } from '../../../lib/tools/class/export';
import { readOptions } from '../../../lib/tools/options.mjs';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { joined, readNotebook } from '../../../lib/tools/publish/notebook';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { put, temporaryFolder } from '../../folder';
import { printed } from '../../support';
import { readData } from '../../texts';

type Feedback = readonly [score: string, words: string];

/** By the learner: what is handed in, and what comes back. */
const cases = readData<
  Record<string, { answers: Record<string, string>; feedback: Record<string, Feedback> }>
>('tools/class/nbgrader.yml');
const NAME = 'exercises-en-1.2-4.2-7.1';

describe('an assignment for nbgrader', function () {
  this.timeout(900_000);
  const top = temporaryFolder();
  const course = join(top, 'my course 课');
  const config = join(course, 'nbgrader_config.py');
  const nbgrader = pythonEnvironment(join(top, 'nbgrader'));
  const exported = (line: string) => {
    const given = readOptions('export', ['nbgrader', '--folder', course, ...line.split(' ')]);
    return exportExercises(given, pythonEnvironment());
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
    (await notebookIn(...args)).cells.map(({ source }) => joined(source)).join('\n\n');

  before(async () => {
    const [uv, options] = [await Uv.ready(() => {}), { title: 'nbgrader', log: 'nbgrader' }];
    const python = pythonEnvironment().program('python');
    await uv.run(['venv', '--python', python, nbgrader.prefix], options);
    const args = ['--python', nbgrader.program('python'), 'nbgrader==0.9.6'];
    await uv.install(args, options, () => {});
  });

  it('has the exercises that are asked for, and their solutions, and is never written over', async () => {
    const args = [
      'export',
      'nbgrader',
      '--folder',
      course,
      '--lang',
      'en',
      '--only',
      '1.2,4.2，7.1',
    ];
    await run(process.execPath, ['lib/tools/bootstrap.mjs', ...args], projectRoot);
    const text = await textIn('source');
    deepEqual(text.match(/(?<=^### )[\d.]+/gm), ['1.2', '4.2', '7.1']);
    equal(text.match(/^\/\/ BEGIN SOLUTION\n[\s\S]+?\n\/\/ END SOLUTION$/gm)?.length, 3);
    await rejects(exported('--lang en --only 1.2,4.2,7.1'), /is there already, .* --folder/);
    await rejects(exported('--only 4.2,4.9'), /no exercise "4\.9"\. .*4\.1, 4\.2, 5\.1|练习“4\.9”/);
  });

  it('leaves the configuration of a course alone, and names the line to add', async () => {
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, 'c = get_config()\n');
    match(
      await printed(() => exported('--lang zh --only 5.3')),
      /load_subconfig\('nbgrader_digits/,
    );
    equal(readFileSync(config, 'utf8'), 'c = get_config()\n');
    writeFileSync(config, `${before}c = get_config()\nc.Execute.timeout = 60\n`);
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
    for (const [learner, { answers }] of Object.entries(cases)) {
      const notebook = await notebookIn('release');
      for (const [id, answer] of Object.entries(answers)) {
        const place =
          notebook.cells.findIndex(({ source }) => joined(source).includes(`check('${id}'`)) - 1;
        const { solution } = exercises.find(each => each.id === id)?.texts.en ?? {};
        Object.assign(notebook.cells[place] ?? {}, {
          source: answer === 'solution' ? solution : answer,
        });
      }
      put(join(course, 'submitted', learner, NAME), [
        ['exercises.en.ipynb', JSON.stringify(notebook)],
      ]);
    }
    await run(nbgrader.program('nbgrader'), ['autograde', NAME]);
    await run(nbgrader.program('nbgrader'), ['generate_feedback', NAME]);
    for (const [learner, { feedback }] of Object.entries(cases)) {
      const html = readFileSync(
        join(course, 'feedback', learner, NAME, 'exercises.en.html'),
        'utf8',
      );
      const cells = html
        .replace(/<[^>]+>/g, '')
        .split('Grade cell: check-')
        .slice(1);
      deepEqual(
        cells.map(text => text.slice(0, 3).replace('-', '.')),
        Object.keys(feedback),
      );
      for (const [i, [score, words]] of Object.values(feedback).entries()) {
        match(
          cells[i] ?? '',
          RegExp(`^\\S+\\s+Score: ${score} .*${words}`, 's'),
          `${learner}: ${cells[i]}`,
        );
      }
    }
  });
});
