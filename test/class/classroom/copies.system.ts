import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { temporaryFolder } from '../../folder';

describe('a learner’s copies of the notebooks', () => {
  const project = temporaryFolder();
  const home = join(temporaryFolder(), 'digits');
  const publish = (name: string, text = `${name}, first`) =>
    writeFileSync(join(project, 'notebooks', name), text);
  const handOut = temporaryFolder();
  const copy = (name: string) => join(home, 'notebooks', name);
  const contentOf = (name: string) => readFileSync(copy(name), 'utf8');

  /** Has `copies.py` do something with a learner's folder, as the learner's server does. */
  function copies(what: string): void {
    const program = `import sys
sys.dont_write_bytecode = True
sys.path.append(sys.argv[1])
from copies import *
import copies
copies.project, home = Path(sys.argv[2]), Path(sys.argv[3])
${what}`;
    const folder = join(projectRoot, 'lib', 'lab', 'jupyter');
    const python = pythonEnvironment().program('python');
    execFileSync(python, ['-c', program, folder, project, home, handOut]);
  }
  const provide = () => copies('provide(home)');

  it('are the lesson, the exercises and the glossary, without the solutions', () => {
    mkdirSync(join(project, 'notebooks'));
    const files = ['GLOSSARY.md', 'exercises.en.ipynb', 'lesson.en.ipynb', 'lesson.zh.ipynb'];
    for (const name of [...files, 'solutions.en.ipynb', 'lesson.ts']) publish(name);
    provide();
    deepEqual(readdirSync(join(home, 'notebooks')).sort(), files);
    equal(contentOf('lesson.zh.ipynb'), 'lesson.zh.ipynb, first');
  });

  it('follow the lesson until the learner changes them, and come again if they were removed', () => {
    for (const name of ['lesson.en.ipynb', 'lesson.zh.ipynb']) publish(name, 'second');
    writeFileSync(copy('lesson.en.ipynb'), 'my work');
    rmSync(copy('exercises.en.ipynb'));
    provide();
    equal(contentOf('lesson.zh.ipynb'), 'second');
    equal(contentOf('lesson.en.ipynb'), 'my work');
    equal(contentOf('exercises.en.ipynb'), 'exercises.en.ipynb, first');
  });

  it('come with what a teacher hands out: each version once, beside what has its name', () => {
    const give = (settled = 0) => copies(`hand_out(Path(sys.argv[4]), home, settled=${settled})`);
    const put = (name: string, text: string, second: number) => {
      writeFileSync(join(handOut, name), text);
      utimesSync(join(handOut, name), second, second);
    };
    put('lesson.en.ipynb', 'the teacher’s', 1);
    put('.hidden', '', 1);
    mkdirSync(join(handOut, 'folder'));
    symlinkSync('nowhere', join(handOut, 'link'));
    writeFileSync(join(handOut, 'just now'), 'half');
    give(60);
    give();
    const twin = 'lesson.en (2).ipynb';
    deepEqual([contentOf('lesson.en.ipynb'), contentOf(twin)], ['my work', 'the teacher’s']);
    equal(contentOf('just now'), 'half');
    rmSync(copy(twin));
    put('lesson.en.ipynb', 'the teacher’s', 2); // touched alone: what was removed stays away
    give();
    put('lesson.en.ipynb', 'the teacher’s second', 3);
    put('just now', 'whole', 3);
    give();
    deepEqual([contentOf(twin), contentOf('just now (2)')], ['the teacher’s second', 'whole']);
    const names = ['lesson', 'just', 'folder', 'link', '.hidden'];
    equal(
      names.flatMap(name =>
        readdirSync(join(home, 'notebooks')).filter(file => file.startsWith(name)),
      ).length,
      5,
    );
  });

  it('are set aside whole, before fresh ones come', () => {
    const countBefore = readdirSync(join(home, 'notebooks')).length;
    copies('set_aside(home); provide(home); hand_out(Path(sys.argv[4]), home, 0)');
    const [backup = ''] = readdirSync(join(home, 'notebooks')).filter(file =>
      /^backup-/.test(file),
    );
    equal(readdirSync(copy(backup)).length, countBefore);
    equal(contentOf(join(backup, 'lesson.en.ipynb')), 'my work');
    equal(contentOf('lesson.en.ipynb'), 'second');
    equal(contentOf('just now'), 'whole');
  });
});
