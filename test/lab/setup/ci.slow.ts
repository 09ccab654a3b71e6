import { deepEqual, equal, match } from 'node:assert/strict';
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
      'more/single.slow.ts',
      'more/hour.slow.ts',
    ];
    for (const name of [...names.map(file => join('test', file)), ON_OTHER_HOSTS, IN_ENGINES]) {
      const sample = 'it("passes", () => {});'.repeat(name.includes('two') ? 2 : 1);
      const run = /single/.test(name) ? 'alone' : /hour/.test(name) ? 'long' : 'usual';
      writeFileSync(join(project.root, name), `// run: ${run}\n${sample}`);
    }
  });
  after(() => project.remove());

  /** Runs a program of the project from another folder, without input, as CI does. */
  async function runAsCI(program: string, ...args: string[]) {
    const { execa } = await import('execa');
    const PATH = [project.bin, dirname(process.execPath), process.env.PATH].join(delimiter);
    const env = { PATH, HOME: project.root, CI: 'true', NODE_OPTIONS: node, ESBUILD_BINARY_PATH };
    const { exitCode, stdout } = await execa(program, args, {
      cwd: '/',
      env,
      extendEnv: false,
      stdin: 'ignore',
      stderr: 'ignore',
      reject: false,
    });
    return { code: exitCode, lines: stdout.split('\n') };
  }

  it('set up, run all tests and the lesson on its other hosts, and end with the sum of mocha’s counts', async () => {
    const { code, lines } = await runAsCI(join(project.root, '.ci', 'run'));
    equal(lines.at(-1), '5 passed, 0 failed');
    equal(code, 0);
    match(lines.join('\n'), /✔ TypeScript kernel/);
  });

  it('fail with a slow test, and say it last', async () => {
    writeFileSync(join(project.root, ON_OTHER_HOSTS), 'it("no", () => { throw 1; });');
    const { code, lines } = await runAsCI(join(project.root, '.ci', 'run'));
    equal(lines.at(-1), '4 passed, 1 failed');
    match(lines.slice(-12).join('\n'), /1 failing\s+failed: .*lesson\.slow\.ts: no\n/);
    equal(code, 1);
  });

  it('run slow tests side by side, then those that need the machine; long ones when asked', async () => {
    writeFileSync(join(project.root, ON_OTHER_HOSTS), 'it("passes", () => {});');
    const countsOf = async (...args: string[]) => {
      const command = ['--prefix', project.root, 'run', 'test:slow', '--', ...args];
      const { lines } = await runAsCI('npm', ...command);
      return lines.filter(line => / passed, /.test(line));
    };
    deepEqual(await countsOf(), ['3 passed, 0 failed', '1 passed, 0 failed']);
    deepEqual(await countsOf('--long'), ['1 passed, 0 failed']);
  });
});
