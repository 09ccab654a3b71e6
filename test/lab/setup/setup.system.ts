/** Set-up from start to finish, with a fake uv; `refusals.slow.ts` has the refusals. */
import { equal, match, ok } from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment, userPrefix } from '../../../lib/command/machine/paths';
import { interpreterAt } from '../../../lib/lab/setup/packages/pythons';
import { kernelFile } from '../../../lib/lab/setup/steps/kernel';
import { killGroup, Project, until, withoutNative } from './support';

describe('set-up', () => {
  let project: Project;
  before(() => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
  });
  after(() => project.remove());

  const installs = () => project.installs().filter(line => line.includes('jupyterlab=='));

  it('brings the npm packages, says a line a step with its time, and what serves without TensorFlow', async () => {
    // A fake npm: installs packages, and writes npm's record.
    const record = readFileSync(join(projectRoot, 'node_modules', '.package-lock.json'), 'utf8');
    renameSync(join(project.root, 'node_modules'), join(project.root, 'packages'));
    const script = `const fs = require('node:fs');
      fs.appendFileSync('npm-calls.log', process.argv.slice(2).join(' ') + '\\n');
      fs.rmSync('packages/.package-lock.json', { force: true });
      fs.renameSync('packages', 'node_modules');
      fs.writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(record)});`;
    const npm_execpath = project.program('npm-cli.js', script);
    const output = await project.succeeds('setup', [], { ...withoutNative, npm_execpath });
    match(readFileSync(join(project.root, 'npm-calls.log'), 'utf8'), /^ci .*\n$/);
    for (const line of [
      /^Set-up is needed only once: about a minute.* about 350 MB \(3 GB with/,
      /^✔ npm packages \[\d+\.\d s\]$/m,
      /^TensorFlow has no native engine for linux-mips: .* WebAssembly engine/m,
      /^✔ Python environment: Python 3\.12\.7, .*\.venv \[\d+\.\d s\]$/m,
      /^✔ Python packages: \d+ packages \[\d+\.\d s\]$/m,
      /^✔ TypeScript kernel: .*kernel\.json \[\d+\.\d s\]$/m,
      /Ready\. npm start opens the lesson\.\n$/,
    ]) {
      match(output, line);
    }
    const [call = ''] = installs();
    equal(call.includes('tensorflow'), false);
    const lock = 'lib/lab/setup/packages/python.lock';
    ok(call.includes('--require-hashes --no-build --constraint ') && call.includes(lock), call);
    ok(existsSync(kernelFile(project.venv)));
  });

  it('does no work twice', async () => {
    const output = await project.succeeds('setup', ['--lang', 'zh'], withoutNative);
    match(output, /^linux-mips 上没有 TensorFlow 原生引擎：课程将使用 .* WebAssembly 引擎/);
    match(output, /\n全部已经装好。npm start 打开课程。\n$/);
    equal(output.includes('✔'), false, output);
    equal(installs().length, 1);
  });

  it('finishes what was killed in the middle, while another one waits, of a folder that was moved', async () => {
    const stamp = join(project.venv, 'digits-venv.json');
    writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(project.root, '/elsewhere'));
    const environment = join(project.root, 'environment.yml');
    const newer = readFileSync(environment, 'utf8').replace(/plotly==.*/, 'plotly==99.1.0');
    writeFileSync(environment, newer);
    const half = join(project.venv, 'site-packages', 'jupyterlab-99.dist-info');
    const cache = join(project.root, 'build', 'setup', 'tfjs-graph-cache');
    mkdirSync(cache, { recursive: true });

    const { child } = project.start('setup', [], { ...withoutNative, FAKE_UV_HANG: '1' });
    await until(() => existsSync(half));
    const waiting = project.start('setup', [], withoutNative);
    await until(() =>
      waiting.output().includes(`Another set-up (process ${child.pid}) is running`),
    );
    killGroup(child.pid ?? 0);
    const { code, output } = await waiting.outcome;
    equal(code, 0, output);
    match(output, /✔ Python packages: \d+ packages; repaired: jupyterlab/);
    match(installs().at(-1) ?? '', /plotly==99\.1\.0/);
    for (const folder of [half, cache]) equal(existsSync(folder), false, folder);
    ok(readdirSync(join(project.venv, 'site-packages')).some(name => /^jupyterlab-4/.test(name)));
  });

  it('uses an environment that was there before, which gets the kernel and nothing else', async () => {
    const prefix = join(project.root, 'conda', 'envs', 'digits');
    mkdirSync(join(prefix, '..'), { recursive: true });
    renameSync(project.venv, prefix);
    const countBefore = project.installs().length;
    const args = ['--prefix', 'conda/envs/digits'];
    await project.succeeds('setup', args, withoutNative);
    ok(existsSync(kernelFile(prefix)));
    equal(existsSync(project.venv), false);
    equal(project.installs().length, countBefore);
  });
});

describe('the Python environment', () => {
  it('has the plotly that bundles the npm side’s plotly.js', async () => {
    const { packages } = await interpreterAt(pythonEnvironment().prefix);
    const bundle = join(packages, 'plotly', 'package_data', 'plotly.min.js');
    const [, version] = /plotly\.js v([\d.]+)/.exec(readFileSync(bundle, 'utf8')) ?? [];
    equal(version, require('plotly.js-dist/package.json').version);
  });

  it('is in place of .venv the one that the shell names, and no other one of conda’s', () => {
    const conda = (name: string) => ({ CONDA_PREFIX: '/conda', CONDA_DEFAULT_ENV: name });
    equal(userPrefix({ DIGITS_PYTHON_PREFIX: '/own', ...conda('digits') }), '/own');
    equal(userPrefix({ NB_PYTHON_PREFIX: '/binder', ...conda('digits') }), '/conda');
    equal(userPrefix({ NB_PYTHON_PREFIX: '/binder', ...conda('base') }), '/binder');
    equal(userPrefix(conda('base')), undefined);
  });
});
