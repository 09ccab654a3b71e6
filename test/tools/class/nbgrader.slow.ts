/** Takes an assignment through nbgrader itself, which is installed for this from PyPI. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { exercises } from 'digits/exercises';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { joined, readNotebook } from '../../../lib/tools/publish/notebook';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { put, temporaryFolder } from '../../folder';
import { readData } from '../../texts';

interface HandedIn {
  readonly answers: Readonly<Record<string, string>>;
  readonly feedback: Readonly<Record<string, readonly [score: string, words: string]>>;
}

const cases = readData<Record<string, HandedIn>>('tools/class/nbgrader.yml');
const only = '7.1,4.2，1.2';
const NAME = 'exercises-en-1.2-4.2-7.1';

describe('an assignment for nbgrader', function () {
  this.timeout(900_000);
  const top = temporaryFolder();
  const course = join(top, 'my course 课');
  const nbgrader = pythonEnvironment(join(top, 'nbgrader'));

  async function run(program: string, args: readonly string[], cwd = projectRoot) {
    const { execa } = await import('execa');
    const env = {
      PATH: [dirname(nbgrader.program('python')), process.env.PATH].join(delimiter),
      JUPYTER_PATH: join(pythonEnvironment().prefix, 'share', 'jupyter'),
      JUPYTER_CONFIG_DIR: join(top, 'none'),
    };
    const { all, exitCode } = await execa(program, args, { cwd, env, all: true, reject: false });
    return { all, exitCode };
  }
  const exported = (...args: string[]) =>
    run(process.execPath, [
      'lib/tools/bootstrap.mjs',
      'export',
      'nbgrader',
      '--folder',
      course,
      ...args,
    ]);
  async function grade(...args: string[]): Promise<void> {
    const { all, exitCode } = await run(nbgrader.program('nbgrader'), args, course);
    equal(exitCode, 0, all);
  }
  const notebookIn = (step: string, name = NAME, language = 'en') =>
    readNotebook(join(course, step, name, `exercises.${language}.ipynb`));
  const sources = async (...args: Parameters<typeof notebookIn>) =>
    (await notebookIn(...args)).cells.map(({ source }) => joined(source)).join('\n\n');
  const own = (id: string) => exercises.find(exercise => exercise.id === id)?.texts.en;

  before(async () => {
    const uv = await Uv.ready(() => {});
    const options = { title: 'nbgrader', log: 'nbgrader' };
    await uv.run(
      ['venv', '--python', pythonEnvironment().program('python'), nbgrader.prefix],
      options,
    );
    const args = ['--python', nbgrader.program('python'), 'nbgrader==0.9.6'];
    await uv.install(args, options, () => {});
  });

  it('is written for the exercises that are asked for, with their solutions marked', async () => {
    const { all, exitCode } = await exported('--lang', 'en', '--only', only);
    equal(exitCode, 0, all);
    const text = await sources('source');
    deepEqual(text.match(/(?<=^### )[\d.]+/gm), ['1.2', '4.2', '7.1']);
    equal(text.match(/^\/\/ BEGIN SOLUTION\n[\s\S]+?\n\/\/ END SOLUTION$/gm)?.length, 3);
  });

  it('is not written over, and leaves the configuration of a course alone', async () => {
    appendFileSync(
      join(course, 'nbgrader_config.py'),
      'c = get_config()\nc.Execute.timeout = 20\n',
    );
    const again = await exported('--lang', 'en', '--only', only);
    equal(again.exitCode, 1);
    match(again.all, /exercises\.en\.ipynb is there already, .* --folder/);
    const config = join(course, 'nbgrader_config.py');
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, 'c = get_config()\n');
    match(
      (await exported('--lang', 'zh', '--only', '5.3')).all,
      /load_subconfig\('nbgrader_digits\.py'\)/,
    );
    equal(readFileSync(config, 'utf8'), 'c = get_config()\n');
    writeFileSync(config, before);
  });

  it('names an exercise that there is not', async () => {
    const { all, exitCode } = await exported('--lang', 'en', '--only', '4.2,4.9');
    equal(exitCode, 1);
    match(all, /There is no exercise "4\.9"\. .*4\.1, 4\.2, 5\.1/);
  });

  it('is given out without the solutions, as the worksheet begins, in both languages', async () => {
    for (const [name, language] of [
      [NAME, 'en'],
      ['exercises-zh-5.3', 'zh'],
    ] as const) {
      await grade('generate_assignment', name);
      const text = await sources('release', name, language);
      for (const { id, texts } of exercises.filter(({ id }) => name.includes(id))) {
        const { starter, solution, title } = texts[language];
        ok(text.includes(starter.trim()) && !text.includes(solution.trim()), id);
        ok(text.includes(title), title);
      }
    }
  });

  it('gives points for what is right alone, and the reason for each mistake', async () => {
    for (const [learner, { answers }] of Object.entries(cases)) {
      const notebook = await notebookIn('release');
      for (const [id, answer] of Object.entries(answers)) {
        const place = `answer-${id.replace('.', '-')}`;
        const cell = notebook.cells.find(
          ({ metadata }) => (metadata.nbgrader as { grade_id?: string })?.grade_id === place,
        );
        ok(cell, place);
        cell.source = answer === 'solution' ? (own(id)?.solution ?? '') : answer;
      }
      put(join(course, 'submitted', learner, NAME), [
        ['exercises.en.ipynb', JSON.stringify(notebook)],
      ]);
    }
    await grade('autograde', NAME);
    await grade('generate_feedback', NAME);
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
          `${learner}: ${words}`,
        );
      }
    }
  });
});
