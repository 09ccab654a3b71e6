import { equal, match } from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import { Project, withoutNative } from './support';

const { node, ESBUILD_BINARY_PATH } = withoutNative;

/** The slow tests that run at each push. */
const ON_OTHER_HOSTS = join('test', 'notebooks', 'lesson.slow.ts');
const IN_ENGINES = join('test', 'notebooks', 'engines.slow.ts');

describe('.ci/run, npm test and npm run test:slow', () => {
  let project: Project;
  before(() => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    // The start of each test file.
    const { require: begin } = JSON.parse(readFileSync(join(projectRoot, '.mocharc.json'), 'utf8'));
    for (const name of ['.ci/run', '.mocharc.json', 'test/reporter.ts', ...begin]) {
      cpSync(join(projectRoot, name), join(project.root, name));
    }
    for (const folder of ['more', 'notebooks']) mkdirSync(join(project.root, 'test', folder));
    const names = [
      'one.test.ts',
      'more/two.system.ts',
      'more/long.slow.ts',
      'more/single.alone.ts',
    ];
    for (const name of [...names.map(each => join('test', each)), ON_OTHER_HOSTS, IN_ENGINES]) {
      const sample = 'it("passes", () => {});'.repeat(name.includes('two') ? 2 : 1);
      writeFileSync(join(project.root, name), sample);
    }
  });
  after(() => project.remove());

  /** Runs `.ci/run` from another folder, without input, as CI does. */
  async function ci() {
    const { execa } = await import('execa');
    const PATH = [project.bin, dirname(process.execPath), process.env.PATH].join(delimiter);
    const own = { PATH, HOME: project.root, CI: 'true', NODE_OPTIONS: node, ESBUILD_BINARY_PATH };
    const { exitCode, stdout } = await execa(join(project.root, '.ci', 'run'), {
      cwd: '/',
      env: own,
      extendEnv: false,
      stdin: 'ignore',
      stderr: 'ignore',
      reject: false,
    });
    return { code: exitCode, lines: stdout.split('\n') };
  }

  it('set up, run all tests and the lesson on its other hosts, and end with the sum of mocha’s counts', async () => {
    const { code, lines } = await ci();
    equal(lines.at(-1), '5 passed, 0 failed');
    equal(code, 0);
    match(lines.join('\n'), /✔ TypeScript kernel/);
  });

  it('fail with a slow test, and say it last', async () => {
    writeFileSync(join(project.root, ON_OTHER_HOSTS), 'it("no", () => { throw 1; });');
    const { code, lines } = await ci();
    equal(lines.at(-1), '4 passed, 1 failed');
    match(lines.slice(-12).join('\n'), /1 failing\n\n +1\) no:/);
    equal(code, 1);
  });
});
