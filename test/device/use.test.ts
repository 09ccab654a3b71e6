/** Each engine is tried in a process of its own, as a kernel would: a process keeps its first one. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../lib/setup/paths';

/** Runs a script that can use `tf` and `digits`, and returns what it printed. */
async function run(script: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const code = `
    const tf = require('@tensorflow/tfjs');
    const digits = require('digits');
    (async () => { ${script} })().catch(error => console.log(String(error)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    cwd: projectRoot,
    env: { ...process.env, DIGITS_DEVICE: '', ...env },
  });
  return stdout.trim();
}

const report = `
  console.log(await digits.useDevice());
  console.log(tf.getBackend(), tf.tensor([3, 4]).square().sum().dataSync()[0]);`;

describe('useDevice', () => {
  it('computes on the native engine and says so', async () => {
    const shown = await run(report);
    assert.match(
      shown,
      /^Device: (GPU|CPU), \S.*\nEngine: TensorFlow 2\.\d+\.\d+, 1 thread an operation \(TF_NUM_INTRAOP_THREADS\)\nWhy: \S/,
    );
    assert.match(shown, /\nGPU memory growth: on/);
    assert.match(shown, /\ntensorflow 25$/);
  });

  it('sets memory growth before the engine starts', async () => {
    const script = 'await digits.useDevice(); console.log(process.env.TF_FORCE_GPU_ALLOW_GROWTH)';
    assert.equal(await run(script), 'true');
  });

  it('leaves the number of threads to who sets it', async () => {
    const shown = await run(report, { TF_NUM_INTRAOP_THREADS: '2' });
    assert.match(shown, /2 threads an operation/);
  });

  it('computes on WebAssembly where DIGITS_DEVICE asks for it', async () => {
    const shown = await run(report, { DIGITS_DEVICE: 'wasm' });
    assert.match(
      shown,
      /\nEngine: TensorFlow\.js 4\.\d+\.\d+, WebAssembly\nWhy: it was asked for\n/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('hides the GPU where the CPU is asked for', async () => {
    const script = `
      const { kind } = await digits.useDevice();
      console.log(kind, process.env.CUDA_VISIBLE_DEVICES);`;
    assert.equal(await run(script, { DIGITS_DEVICE: 'cpu' }), 'cpu -1');
  });

  it('falls back to WebAssembly where the addon cannot be loaded, and says why', async () => {
    const broken = `
      const { Module } = require('node:module');
      Module._extensions['.node'] = () => { throw new Error('libtensorflow_cc.so.2: cannot open') };
      digits.setLanguage('zh');`;
    const shown = await run(broken + report);
    assert.match(
      shown,
      /原因：原生引擎无法加载（.*libtensorflow_cc\.so\.2: cannot open.*npm run doctor/,
    );
    assert.match(shown, /\nwasm 25$/);
  });

  it('refuses a device that does not exist', async () => {
    assert.match(await run(report, { DIGITS_DEVICE: 'tpu' }), /RangeError: .*received 'tpu'/);
  });

  it('restores the functions of node:util that the native backend calls', async () => {
    const script = `
      const util = require('node:util');
      delete util.isNullOrUndefined; delete util.isArray;`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '-e',
        `${script} require('digits'); console.log(util.isNullOrUndefined(null), util.isArray([]))`,
      ],
      { cwd: projectRoot },
    );
    assert.equal(stdout.trim(), 'true true');
  });
});
