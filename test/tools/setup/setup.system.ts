import { equal, match, ok } from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { givenPrefix, projectRoot } from '../../../lib/tools/project/paths';
import { kernelFile } from '../../../lib/tools/setup/steps/kernel';
import { disguise, killGroup, Project, until, withoutNative } from './support';

describe('set-up', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
  });
  afterEach(() => project.remove());

  const installs = () => project.installs().filter(line => line.includes('jupyterlab=='));
  const finished = () =>
    readdirSync(join(project.venv, 'site-packages')).some(name => name.startsWith('jupyterlab-4'));

  it('says a line a step, with its time', async () => {
    const { code, output } = await project.run('setup', [], withoutNative);
    equal(code, 0, output);
    match(output, /^✔ Python environment: Python 3\.12\.7, .*\.venv \[\d+\.\d s\]$/m);
    match(output, /^✔ Python packages: \d+ packages \[\d+\.\d s\]$/m);
    match(output, /^✔ TypeScript kernel: .*kernel\.json \[\d+\.\d s\]$/m);
    match(output, /Ready\. npm start opens the lesson\.\n$/);
  });

  it('says the same in Chinese', async () => {
    const { output } = await project.run('setup', ['--lang', 'zh'], withoutNative);
    match(output, /^✔ Python 环境：Python 3\.12\.7/m);
    match(output, /准备就绪。npm start 打开课程。\n$/);
  });

  it('does no work twice', async () => {
    await project.run('setup', [], withoutNative);
    const before = project.installs().length;
    const { code, output } = await project.run('setup', [], withoutNative);
    equal(code, 0);
    equal(output.includes('✔'), false, output);
    match(output, /Everything is already in place/);
    equal(project.installs().length, before);
  });

  it('adds the tools of the tests to what is there, and keeps them', async () => {
    await project.run('setup', [], withoutNative);
    mkdirSync(join(project.root, 'test'));
    await project.run('test', [], withoutNative);
    match(installs().at(-1) ?? '', /jupyter-repo2docker==/);
    const before = installs().length;
    await project.run('setup', [], withoutNative);
    await project.run('test', [], withoutNative);
    equal(installs().length, before);
  });

  it('clears up after one that was cut off, also where nothing is left to do', async () => {
    await project.run('setup', [], withoutNative);
    const left = [
      'setup/uv-cache/archive-v0',
      'tensorflow.wheel/nvidia',
      'tensorflow.partial/nvidia',
    ].map(name => join(project.root, 'build', name));
    for (const folder of left) mkdirSync(folder, { recursive: true });
    const { code, output } = await project.run('setup', [], withoutNative);
    equal(code, 0, output);
    match(output, /Everything is already in place/);
    for (const folder of left) equal(existsSync(folder), false, folder);
  });

  it('leaves what another one works with, and does not wait for it, where nothing is left to do', async () => {
    await project.run('setup', [], withoutNative);
    const cache = join(project.root, 'build', 'setup', 'uv-cache');
    const lock = join(project.root, 'build', 'setup', 'lock');
    mkdirSync(cache, { recursive: true });
    writeFileSync(lock, String(process.pid));
    // It gives signs of life.
    const alive = setInterval(() => utimesSync(lock, new Date(), new Date()), 500);
    const { code, output } = await project.run('setup', [], withoutNative);
    clearInterval(alive);
    equal(code, 0, output);
    match(output, /Everything is already in place/);
    ok(existsSync(cache));
    // It has ended.
    rmSync(lock);
    await project.run('setup', [], withoutNative);
    equal(existsSync(cache), false);
  });

  it('installs again what environment.yml has in a new version', async () => {
    await project.run('setup', [], withoutNative);
    const file = join(project.root, 'environment.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/plotly==.*/, 'plotly==99.1.0'));
    equal((await project.run('setup', [], withoutNative)).code, 0);
    match(installs().at(-1) ?? '', /plotly==99\.1\.0/);
  });

  it('makes .venv anew when the folder was moved', async () => {
    await project.run('setup', [], withoutNative);
    const stamp = join(project.venv, 'digits-venv.json');
    writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(project.root, '/elsewhere'));
    const { output } = await project.run('setup', [], withoutNative);
    match(output, /^✔ Python environment: Python 3\.12\.7/m);
    equal(installs().length, 2);
  });

  for (const word of ['venv', 'install']) {
    it(`finishes what was killed in the middle of ${word}`, async () => {
      const { child } = project.start('setup', [], { ...withoutNative, FAKE_UV_HANG: word });
      const half =
        word === 'venv'
          ? join(project.venv, 'bin', 'python')
          : join(project.venv, 'site-packages', 'jupyterlab-99.dist-info');
      await until(() => existsSync(half));
      killGroup(child.pid ?? 0);
      const { code, output } = await project.run('setup', [], withoutNative);
      equal(code, 0, output);
      ok(finished());
      equal(existsSync(join(project.venv, 'site-packages', 'jupyterlab-99.dist-info')), false);
    });
  }

  it('works once when two are started at once', async () => {
    const go = join(project.root, 'go');
    const calls = join(project.root, 'uv-calls.log');
    const first = project.start('setup', [], { ...withoutNative, FAKE_UV_AWAITS: go });
    await until(() => existsSync(calls) && /^venv/m.test(readFileSync(calls, 'utf8')));
    const second = project.start('setup', [], withoutNative);
    let said = '';
    second.child.stdout.on('data', text => {
      said += text;
    });
    const waits = `Another set-up (process ${first.child.pid}) is running`;
    await until(() => said.includes(waits) || second.child.exitCode !== null);
    writeFileSync(go, '');
    const [one, other] = await Promise.all([first.outcome, second.outcome]);
    for (const { code, output } of [one, other]) equal(code, 0, output);
    equal(installs().length, 1);
    ok(other.output.includes(waits), other.output);
    equal(/Another set-up/.test(one.output), false);
  });

  it('takes over from a set-up that was killed while the other waits', async () => {
    const env = { ...withoutNative, FAKE_UV_HANG: 'install' };
    const { child } = project.start('setup', [], env);
    await until(() => existsSync(join(project.venv, 'site-packages', 'jupyterlab-99.dist-info')));
    const waiting = project.run('setup', [], withoutNative);
    killGroup(child.pid ?? 0);
    equal((await waiting).code, 0);
    ok(finished());
  });

  it('leaves TensorFlow out on a system without its library, and says what serves', async () => {
    const { output } = await project.run('setup', [], withoutNative);
    match(output, /TensorFlow has no native engine for linux-riscv64: .* WebAssembly engine/);
    equal(itemAt(installs(), 0).includes('tensorflow'), false);
    const zh = await project.run('setup', ['--lang', 'zh'], withoutNative);
    match(
      zh.output,
      /linux-riscv64 上没有 TensorFlow 原生引擎：课程将使用 npm 软件包自带的 WebAssembly 引擎/,
    );
  });

  it('leaves TensorFlow out where it is told to, and says by what', async () => {
    const env = { DIGITS_NATIVE: '0' };
    const { output } = await project.run('setup', [], env);
    match(
      output,
      /^DIGITS_NATIVE=0 is set, so the native engine is left out: .* WebAssembly engine/m,
    );
    equal(itemAt(installs(), 0).includes('tensorflow'), false);
    const { code, output: found } = await project.run('doctor', ['--lang', 'zh'], env);
    equal(code, 0, found);
    match(found, /^– 原生引擎：设置了 DIGITS_NATIVE=0，未安装\n {2}→ 并非必需/m);
  });

  it('lets WebAssembly serve where an untried machine fails, and tries again when it is told to', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const arm = { ...withoutNative, node: disguise({ arch: 'arm64' }) };
    const libraries = () => project.installs().filter(line => line.includes('tensorflow'));
    const first = await project.run('setup', [], arm);
    equal(first.code, 0, first.output);
    match(itemAt(libraries(), 0), / tensorflow==[\d.]+$/);
    match(
      first.output,
      /✔ TensorFlow.js’s native engine: failed on this machine, so WebAssembly is used \((.*) says why; npm run setup tries again\)/,
    );
    const why = join(project.root, 'build', 'setup', 'no-native-engine.txt');
    match(readFileSync(why, 'utf8'), /Compiling the native engine failed/);
    const { code, output } = await project.run('doctor', [], arm);
    equal(code, 0, output);
    match(output, /^– Native engine: .*no-native-engine\.txt/m);
    // A command that only wants the lesson does not try each time.
    const before = project.installs().length;
    await project.run('lesson', ['--help'], arm);
    equal(project.installs().length, before);
    const again = await project.run('setup', ['--lang', 'zh'], arm);
    match(again.output, /原生引擎：在这台机器上没有成功，改用 WebAssembly/);
  });

  it('takes TensorFlow with CUDA where there is a driver, in place of the one without', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const libraries = () => project.installs().filter(line => line.includes('tensorflow'));
    await project.run('setup', [], { DIGITS_GPU: '0' }); // stops at the addon: the wheel is not real
    match(itemAt(libraries(), 0), / tensorflow-cpu==[\d.]+$/);
    await project.run('setup', [], { DIGITS_GPU: '1' });
    match(itemAt(libraries(), 1), / tensorflow==[\d.]+ (nvidia-[\w-]+==[\d.]+ ?)+$/);
    await project.run('setup', [], { DIGITS_GPU: '1' });
    equal(libraries().length, 2);
  });
});

describe('a Python environment that was there before', () => {
  let project: Project;
  let made: string;
  let prefix: string;
  before(async () => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    await project.run('setup', [], withoutNative);
    made = join(project.root, 'made');
    prefix = join(project.root, 'conda', 'envs', 'digits');
    renameSync(project.venv, made);
  });
  beforeEach(() => {
    rmSync(prefix, { recursive: true, force: true });
    cpSync(made, prefix, { recursive: true });
  });
  after(() => project.remove());

  const ways: [string, string[], (prefix: string) => Record<string, string>][] = [
    ['--prefix', ['--prefix', 'conda/envs/digits'], () => ({})],
    ['DIGITS_PYTHON_PREFIX', [], DIGITS_PYTHON_PREFIX => ({ DIGITS_PYTHON_PREFIX })],
    ['NB_PYTHON_PREFIX', [], NB_PYTHON_PREFIX => ({ NB_PYTHON_PREFIX })],
    [
      'an activated conda environment',
      [],
      CONDA_PREFIX => ({ CONDA_PREFIX, CONDA_DEFAULT_ENV: 'digits' }),
    ],
  ];
  for (const [way, args, env] of ways) {
    it(`is used when named by ${way}, and gets the kernel`, async () => {
      const before = project.installs().length;
      rmSync(kernelFile(prefix));
      const { code, output } = await project.run('setup', args, {
        ...withoutNative,
        ...env(prefix),
      });
      equal(code, 0, output);
      ok(existsSync(kernelFile(prefix)));
      equal(existsSync(project.venv), false);
      equal(project.installs().length, before);
    });
  }

  it('is not any other conda environment', () => {
    equal(givenPrefix({ CONDA_PREFIX: '/conda', CONDA_DEFAULT_ENV: 'base' }), undefined);
  });

  it('is refused with the cure when a version is not the one of environment.yml', async () => {
    const packages = join(prefix, 'site-packages');
    const plotly = readdirSync(packages).find(name => name.startsWith('plotly-')) ?? '';
    rmSync(join(packages, plotly), { recursive: true });
    const { code, output } = await project.run('setup', ['--prefix', prefix], withoutNative);
    equal(code, 1);
    match(
      output,
      /lacks plotly==[\d.]+\. Update it with\n {2}conda env update --file environment\.yml/,
    );
  });

  it('is refused when there is no working Python in it', async () => {
    const empty = join(project.root, 'empty');
    const { code, output } = await project.run('setup', ['--prefix', empty], withoutNative);
    equal(code, 1);
    match(
      output,
      /✖ There is no working Python in .*\/empty\. .*\n {2}conda env create --file environment\.yml/,
    );
  });

  it('is refused when its Python is too old', async () => {
    project.python('../conda/envs/digits/bin/python', { version: '3.9.1' });
    const { code, output } = await project.run('setup', ['--prefix', prefix], withoutNative);
    equal(code, 1);
    match(output, /The Python in .*digits is 3\.9\.1; 3\.10 or newer is needed/);
  });
});

describe('a failing install', () => {
  let project: Project;
  afterEach(() => project.remove());

  const says = 'OSError: [Errno 28] No space left on device';
  const full = /The disk is full\. About 2\.5 GB/;

  it('of uv names the cause in either language, shows the log and keeps it', async () => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    const env = { ...withoutNative, FAKE_UV_FAIL: 'install', FAKE_UV_SAYS: says };
    const { code, output } = await project.run('setup', [], env);
    equal(code, 1);
    match(output, full);
    ok(output.includes(says));
    match(readFileSync(/Full log: (.*)/.exec(output)?.[1] ?? '', 'utf8'), /uv pip install/);
    match((await project.run('setup', ['--lang', 'zh'], env)).output, /磁盘已满/);
  });

  it('of npm names the cause, shows the log and keeps it', async () => {
    project = new Project({ withPackages: false });
    const npm = project.program(
      'npm-cli.js',
      `console.error(${JSON.stringify(`npm error ${says}`)}); process.exit(1)`,
    );
    const { code, output } = await project.run('setup', [], { npm_execpath: npm });
    equal(code, 1);
    match(output, full);
    match(readFileSync(/Full log: (.*)/.exec(output)?.[1] ?? '', 'utf8'), /npm error/);
    equal(/\bat .*\.mjs:\d/.test(output), false, output);
  });

  it('says how to make the lock file anew where it lacks a version of environment.yml', async () => {
    project = new Project();
    project.python('python3', { version: '3.13.5' });
    const { code, output } = await project.run('setup', [], {
      ...withoutNative,
      FAKE_UV_FAIL: 'install',
      FAKE_UV_SAYS:
        'error: In `--require-hashes` mode, all requirements must have a hash, but none were provided for: jupytext==9',
    });
    equal(code, 1);
    match(output, /Make .*python\.lock anew: npx tsx lib\/tools\/setup\/packages\/make-lock\.ts/);
  });

  it('of our own to write a file names a full disk', async () => {
    project = new Project({ withPackages: false });
    const full = `const fs=process.getBuiltinModule('fs');
      fs.writeFileSync=()=>{throw Object.assign(Error('ENOSPC,write'),{code:'ENOSPC'})};
      process.getBuiltinModule('module').syncBuiltinESMExports()`;
    const node = `--import data:text/javascript,${full.replace(/\s+/g, '%20')}`;
    const { code, output } = await project.run('setup', ['--lang', 'en'], { node });
    equal(code, 1);
    match(output, /\n✖ ENOSPC,write\nThe disk is full\. About 2\.5 GB/);
  });

  it('of npm names a network that cannot be reached', async function () {
    const npm = process.env.npm_execpath;
    if (!npm) this.skip(); // run by npm test, it is there
    project = new Project({ withPackages: false });
    const { code, output } = await project.run('setup', [], {
      npm_execpath: npm,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(project.root, 'cache'),
      npm_config_fetch_retries: '0',
    });
    equal(code, 1);
    match(output, /Set-up is needed only once: about a minute/);
    match(output, /ECONNREFUSED/);
    match(output, /The network could not be reached\. Check the connection/);
  });
});

describe('the npm side', () => {
  let project: Project;
  afterEach(() => project.remove());

  // Stands for npm: installs at once what the test says, and leaves npm's own record of it.
  const npm = (record: string, code = '') =>
    project.program(
      'npm-cli.js',
      `const fs = require('node:fs');
       fs.appendFileSync('npm-calls.log', process.argv.slice(2).join(' ') + '\\n');
       ${code}
       fs.renameSync('packages', 'node_modules');
       fs.writeFileSync('node_modules/.package-lock.json', ${record});`,
    );

  it('is installed where it is missing, and left alone afterwards', async () => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    const record = readFileSync(join(projectRoot, 'node_modules', '.package-lock.json'), 'utf8');
    renameSync(join(project.root, 'node_modules'), join(project.root, 'packages'));
    rmSync(join(project.root, 'packages', '.package-lock.json'));
    const env = { ...withoutNative, npm_execpath: npm(JSON.stringify(record)) };
    const first = await project.run('setup', [], env);
    equal(first.code, 0, first.output);
    match(first.output, /^✔ npm packages \[\d+ s\]$/m);
    match(first.output, /Ready\./);
    await project.run('setup', [], env);
    equal(readFileSync(join(project.root, 'npm-calls.log'), 'utf8').match(/^ci /gm)?.length, 1);
  });

  const unfinished: [string, () => void][] = [
    ['unfinished', () => rmSync(join(project.root, 'node_modules', '.package-lock.json'))],
    ['without one of its packages', () => rmSync(join(project.root, 'node_modules', 'tslab'))],
    [
      'older than package-lock.json',
      () => {
        const file = join(project.root, 'package-lock.json');
        const lock = JSON.parse(readFileSync(file, 'utf8'));
        lock.packages['node_modules/tslab'].version = '99.0.0';
        writeFileSync(file, JSON.stringify(lock));
      },
    ],
  ];
  for (const [state, make] of unfinished) {
    it(`is installed again where it is ${state}`, async () => {
      project = new Project();
      make();
      const script = project.program(
        'npm-cli.js',
        'console.error("asked for", process.argv[2]); process.exit(1)',
      );
      const { code, output } = await project.run('setup', [], { npm_execpath: script });
      equal(code, 1);
      match(output, /Installing the npm packages failed\.\n\nasked for ci/);
    });
  }
});
