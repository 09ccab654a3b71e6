import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';

describe('a learner’s copies of the notebooks', () => {
  const project = temporaryFolder();
  const home = join(temporaryFolder(), 'digits');
  const publish = (name: string, text = `${name}, first`) =>
    writeFileSync(join(project, 'notebooks', name), text);
  const copy = (name: string) => join(home, 'notebooks', name);
  const read = (name: string) => readFileSync(copy(name), 'utf8');

  /** Fills a learner's folder from an installation, as the learner's server does when it starts. */
  function provide(): void {
    const program = `import sys
sys.dont_write_bytecode = True
sys.path.append(sys.argv[1])
import copies
copies.project = copies.Path(sys.argv[2])
copies.provide(copies.Path(sys.argv[3]))`;
    const tools = join(projectRoot, 'lib', 'tools', 'project');
    const python = pythonEnvironment().program('python');
    execFileSync(python, ['-c', program, tools, project, home]);
  }

  it('are the lesson, the exercises and the glossary, without the solutions', () => {
    mkdirSync(join(project, 'notebooks'));
    const given = ['GLOSSARY.md', 'exercises.en.ipynb', 'lesson.en.ipynb', 'lesson.zh.ipynb'];
    for (const name of [...given, 'solutions.en.ipynb', 'lesson.ts']) publish(name);
    provide();
    deepEqual(readdirSync(join(home, 'notebooks')).sort(), given);
    equal(read('lesson.zh.ipynb'), 'lesson.zh.ipynb, first');
  });

  it('follow the lesson until the learner changes them, and come again if they were removed', () => {
    for (const name of ['lesson.en.ipynb', 'lesson.zh.ipynb']) publish(name, 'second');
    writeFileSync(copy('lesson.en.ipynb'), 'my work');
    rmSync(copy('exercises.en.ipynb'));
    provide();
    equal(read('lesson.zh.ipynb'), 'second');
    equal(read('lesson.en.ipynb'), 'my work');
    equal(read('exercises.en.ipynb'), 'exercises.en.ipynb, first');
  });
});
