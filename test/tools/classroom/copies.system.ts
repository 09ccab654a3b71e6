import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { singleUser } from './single-user';

/** Fills a learner's folder from an installation, as the learner's server does when it starts. */
function provide(project: string, home: string): void {
  singleUser(join(__dirname, 'provide.py'), project, home);
}

describe('a learner’s copies of the notebooks', () => {
  let folder: string;
  let project: string;
  let home: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-copies-'));
    project = join(folder, 'project');
    home = join(folder, 'home', 'digits');
    mkdirSync(join(project, 'notebooks'), { recursive: true });
    for (const name of ['lesson.en', 'lesson.zh', 'exercises.en', 'solutions.en']) {
      writeFileSync(join(project, 'notebooks', `${name}.ipynb`), `${name}, first`);
    }
    writeFileSync(join(project, 'notebooks', 'GLOSSARY.md'), 'words');
    writeFileSync(join(project, 'notebooks', 'lesson.ts'), 'source');
    provide(project, home);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const copy = (name: string) => join(home, 'notebooks', `${name}.ipynb`);
  const publish = (name: string, text: string) =>
    writeFileSync(join(project, 'notebooks', `${name}.ipynb`), text);

  it('are the lesson, the exercises and the glossary, without the solutions', () => {
    deepEqual(readdirSync(join(home, 'notebooks')).sort(), [
      'GLOSSARY.md',
      'exercises.en.ipynb',
      'lesson.en.ipynb',
      'lesson.zh.ipynb',
    ]);
    equal(readFileSync(copy('lesson.zh'), 'utf8'), 'lesson.zh, first');
  });

  it('stay as the learner has changed them, also when the lesson changes', () => {
    writeFileSync(copy('lesson.en'), 'my work');
    publish('lesson.en', 'lesson.en, second');
    provide(project, home);
    equal(readFileSync(copy('lesson.en'), 'utf8'), 'my work');
  });

  it('follow the lesson while the learner has not changed them', () => {
    publish('lesson.en', 'lesson.en, second');
    provide(project, home);
    publish('lesson.en', 'lesson.en, third');
    provide(project, home);
    equal(readFileSync(copy('lesson.en'), 'utf8'), 'lesson.en, third');
  });

  it('come again when they were removed', () => {
    rmSync(copy('exercises.en'));
    provide(project, home);
    equal(readFileSync(copy('exercises.en'), 'utf8'), 'exercises.en, first');
  });
});
