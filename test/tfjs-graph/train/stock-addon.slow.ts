/** The engine on the addon as TensorFlow.js compiles it, without ops of ours. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../../lib/digits/device/plan';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { interpreterOf } from '../../../lib/tools/project/python';
import { assertClose } from './against-stock';
import type { Trained } from './fit-on-addon';

const run = promisify(execFile);
const packageOf = (name: string) => dirname(require.resolve(`${name}/package.json`));

describe('the addon as TensorFlow.js compiles it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stock-addon-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Compiles its two sources against TensorFlow's library, and nothing else. */
  async function compile(): Promise<string> {
    const packages = (await interpreterOf(pythonEnvironment()))?.packages ?? '';
    const tensorflow = realpathSync(join(packages, 'tensorflow'));
    const binding = join(packageOf('@tensorflow/tfjs-node-gpu'), 'binding');
    const addon = join(folder, 'tfjs_binding.node');
    await run('g++', [
      ...['-std=c++17', '-O1', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-o', addon],
      ...['-I', binding, '-I', join(packageOf('node-api-headers'), 'include')],
      ...['-I', join(tensorflow, 'include')],
      ...readdirSync(binding)
        .filter(file => file.endsWith('.cc'))
        .map(file => join(binding, file)),
      join(tensorflow, 'libtensorflow_cc.so.2'),
      join(tensorflow, 'libtensorflow_framework.so.2'),
      ...['-Xlinker', '-rpath', '-Xlinker', tensorflow],
    ]);
    return addon;
  }

  async function trainedOn(addon: string): Promise<Trained> {
    const script = join(__dirname, 'fit-on-addon.ts');
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script, addon]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  it('records and replays a training, with the same result', async function () {
    const hasCompiler = await run('g++', ['--version']).then(
      () => true,
      () => false,
    );
    if (!hasCompiler) {
      console.log('        no g++ on this machine');
      this.skip();
    }
    const [own, stock] = [await trainedOn(addonPath()), await trainedOn(await compile())];
    assert.deepEqual([own.hasOwnOps, stock.hasOwnOps], [true, false]);
    assert.deepEqual([own.fallback, stock.fallback], [undefined, undefined]);
    assert.deepEqual(Object.keys(stock.history), Object.keys(own.history));
    for (const [name, values] of Object.entries(own.history)) {
      assertClose(stock.history[name] ?? [], values, 1e-4, name);
    }
  }).timeout(600_000);
});
