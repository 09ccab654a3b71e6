/** An administrator's installation for all accounts of a machine, without write access. */
import { doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { temporaryFolder } from '../../folder';
import { ownPort } from '../../own';
import { Project, until } from './support';

/** An account that has nothing to do with the installation. */
class Learner {
  readonly home = temporaryFolder();

  constructor(
    private readonly installation: Project,
    private readonly account: number,
  ) {
    chownSync(this.home, account, account);
  }

  start(command: string, args: string[] = [], env: Record<string, string> = {}) {
    const under = `setpriv --reuid=${this.account} --regid=${this.account} --clear-groups`;
    const { PATH = '' } = process.env;
    return this.installation.start(command, args, {
      ...{ under, HOME: this.home, PATH, DIGITS_NATIVE: '0' },
      ...env,
    });
  }

  /** Starts JupyterLab; returns the address, and a function that ends JupyterLab. */
  async open(port: number, ...args: string[]) {
    const options = ['--no-browser', '--port', `${port}`, '--lang', 'en', ...args];
    const { child, output, outcome } = this.start('start', options);
    await until(() => /Ctrl\+C/.test(output()) || child.exitCode !== null);
    const address = /http:\S+\?token=\S+/.exec(output())?.[0] ?? '';
    notEqual(address, '', output());
    const end = async () => {
      child.kill('SIGTERM');
      const { code, output } = await outcome;
      equal(code, 0, output);
      doesNotMatch(output, /Traceback|Error|warning/i);
    };
    return { address, end };
  }

  read = (name: string) => readFileSync(join(this.home, 'digits', 'notebooks', name), 'utf8');
}

describe('an installation for all accounts of a machine', () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return; // It takes setpriv, and root.
  let installation: Project;
  let [ann, bo]: Learner[] = [];
  const within = (...names: string[]) => join(installation.root, ...names);
  before(async () => {
    installation = new Project();
    chmodSync(installation.root, 0o755);
    cpSync(join(projectRoot, 'notebooks'), within('notebooks'), { recursive: true });
    await installation.linkedVenv();
    const { prefix } = pythonEnvironment();
    for (const name of ['etc', 'digits-packages.json']) {
      symlinkSync(join(prefix, name), join(installation.venv, name));
    }
    mkdirSync(join(installation.venv, 'share', 'jupyter'), { recursive: true });
    for (const name of readdirSync(join(prefix, 'share', 'jupyter'))) {
      const path = join('share', 'jupyter', name);
      if (name !== 'kernels') symlinkSync(join(prefix, path), join(installation.venv, path));
    }
    // No package may be installed, because pip would use this project's environment.
    await installation.succeeds('setup', [], { FAKE_UV_FAIL: 'install', DIGITS_NATIVE: '0' });
    [ann, bo] = [65_534, 65_533].map(account => new Learner(installation, account));
  });
  after(() => installation?.remove());

  it('opens at a stage for two at once, each with copies that they change and find again', async () => {
    if (!ann || !bo) throw new Error('nobody is there');
    const port = await ownPort();
    const both = await Promise.all([ann.open(port, '--stage', '3'), bo.open(port)]);
    const [address = ''] = both.map(server => server.address);
    notEqual(new URL(both[0].address).port, new URL(both[1].address).port);
    match(address, /#cell-id=stage-3$/);

    const { origin, search } = new URL(address);
    const response = await fetch(`${origin}/api/kernelspecs${search}`);
    ok((await response.json()).kernelspecs.tslab);
    // In the form that JupyterLab saves.
    const file = join(ann.home, 'digits', 'notebooks', 'lesson.en.ipynb');
    const { cells, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    const cell = { cell_type: 'markdown', id: 'ann', metadata: {}, source: 'kept by Ann' };
    writeFileSync(file, JSON.stringify({ ...rest, cells: [...cells, cell] }));
    for (const { end } of both) await end();

    // The administrator brings the installation up to date.
    for (const name of ['lesson.en.ipynb', 'exercises.en.ipynb']) {
      appendFileSync(within('notebooks', name), '\n\n');
    }
    for (const learner of [ann, bo]) await (await learner.open(port)).end();
    match(ann.read('lesson.en.ipynb'), /kept by Ann/);
    match(ann.read('exercises.en.ipynb'), /\n\n$/);
    match(bo.read('lesson.en.ipynb'), /\n\n$/);
    const conditions = ['-uid', '65533', '-o', '-uid', '65534'];
    equal(execFileSync('find', [installation.root, ...conditions], { encoding: 'utf8' }), '');
  });

  it('serves the doctor, runs the lesson, and writes the pages of the copies', async () => {
    for (const words of ['doctor', 'setup', 'lesson', 'lesson --html']) {
      const [command = '', ...args] = words.split(' ');
      const { code, output } = (await ann?.start(command, args).outcome) ?? {};
      equal(code, 0, output);
      doesNotMatch(output ?? '', /✖/);
    }
    const page = join(ann?.home ?? '', 'digits', 'build', 'lesson.en.html');
    ok(readFileSync(page, 'utf8').includes('kept by Ann'));
  });

  /** Asserts that a command fails with a message, without a stack trace. */
  async function refuses(message: string, command: string, env: Record<string, string> = {}) {
    const { code, output = '' } = (await bo?.start(command, [], env).outcome) ?? {};
    equal(code, 1, output);
    ok(output.includes(message), output);
    doesNotMatch(output, /^\s+at |Traceback/m);
  }

  it('says what to do if its user has no folder either, and takes the folder that is named', async () => {
    const HOME = '/nowhere';
    await refuses(' nor /nowhere/digits is yours ', 'start', { HOME });
    const DIGITS_FOLDER = join(bo?.home ?? '', '课 程');
    const outcome = await bo?.start('lesson', ['--html'], { HOME, DIGITS_FOLDER }).outcome;
    equal(outcome?.code, 0);
  });

  for (const file of ['.venv/digits-packages.json', 'node_modules/.package-lock.json']) {
    it(`says who completes it without ${file}`, async () => {
      renameSync(within(file), within('away.json'));
      await refuses(` npm --prefix "${installation.root}" run setup;`, 'start');
      renameSync(within('away.json'), within(file));
    });
  }
});
