import { equal, match } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, Project, withoutNative } from './support';

describe('the search for Python', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  function refused({ code, output }: Outcome, message: RegExp) {
    equal(code, 1);
    match(output, message);
    equal(/\bat .*\.ts:\d/.test(output), false, output);
    equal(existsSync(project.venv), false);
  }

  const none = { en: /✖ No Python was found\. Install Python 3\.10 or newer \(.*apt install/ };

  it('says where to get one when there is none', async () => {
    refused(await project.run('setup'), none.en);
    refused(
      await project.run('setup', ['--lang', 'zh']),
      /✖ 未找到 Python。请安装 Python 3\.10 或更新的版本/,
    );
  });

  it('says so where there is none to fetch uv with either', async () => {
    project.remove();
    project = new Project({ withUv: false });
    refused(await project.run('setup'), none.en);
  });

  it('says when the one there is too old', async () => {
    project.python('python3', { version: '3.9.18' });
    refused(
      await project.run('setup'),
      /Python 3\.9\.18 \(.*python3\) is too old\. Install Python 3\.10 or newer/,
    );
  });

  it('says how to add the module venv, where uv is to be fetched', async () => {
    project.remove();
    project = new Project({ withUv: false });
    project.python('python3', { version: '3.13.5', venv: false });
    refused(
      await project.run('setup'),
      /Python 3\.13\.5 .* lacks the venv module\. .* apt install python3-venv \(or python3\.13-venv\)/,
    );
  });

  it('says when it is a 32-bit one', async () => {
    project.python('python3', { version: '3.12.0', bits: 32 });
    refused(await project.run('setup'), /is 32-bit; a 64-bit one is needed/);
  });

  it('says when DIGITS_PYTHON names nothing that runs', async () => {
    project.python('python3', { version: '3.12.0' });
    refused(
      await project.run('setup', [], { DIGITS_PYTHON: '/nowhere/python' }),
      /DIGITS_PYTHON is set to \/nowhere\/python, which is not a working Python/,
    );
  });

  it('takes the newest that fits, wherever on the path', async () => {
    project.python('python3', { version: '3.10.2' });
    project.python('python3.14', { version: '3.14.0' });
    project.python('python3.9', { version: '3.9.1' });
    const { code, output } = await project.run('setup', [], withoutNative);
    equal(code, 0, output);
    match(output, /✔ Python environment: Python 3\.14\.0/);
  });

  it('passes over those for which packages are not made, and those that do not run', async () => {
    project.python('python3.16', { version: '3.16.0rc1' });
    project.python('python3.15', { version: '3.15.0', variant: 'freethreaded' });
    project.python('pypy', { version: '3.14.9', implementation: 'pypy' });
    project.python('python3.13', { version: '3.13.1', bits: 32 });
    project.python('python3.12', { version: '3.12.9' });
    project.program('python3.12', 'process.exit(127)'); // such as a shim of pyenv
    project.python('python3.11', { version: '3.11.4' });
    const { code, output } = await project.run('setup', [], withoutNative);
    equal(code, 0, output);
    match(output, /✔ Python environment: Python 3\.11\.4/);
  });

  it('takes DIGITS_PYTHON before all others', async () => {
    project.python('python3', { version: '3.12.0' });
    const DIGITS_PYTHON = project.python('other', { version: '3.10.2' });
    const { output } = await project.run('setup', [], { ...withoutNative, DIGITS_PYTHON });
    match(output, /✔ Python environment: Python 3\.10\.2/);
  });

  it('shows what a failing venv said, and names the log', async () => {
    project.python('python3', { version: '3.12.0' });
    const { code, output } = await project.run('setup', [], {
      FAKE_UV_FAIL: 'venv',
      FAKE_UV_SAYS: 'The virtual environment was not created',
    });
    equal(code, 1);
    match(output, /✖ Python environment \[.*\n\n✖ Python environment failed\.\n\nThe virtual env/);
    const log = /Full log: (.*)/.exec(output)?.[1] ?? '';
    equal(log, join(project.root, 'build', 'setup', 'venv.log'));
    equal(existsSync(log), true);
  });
});
